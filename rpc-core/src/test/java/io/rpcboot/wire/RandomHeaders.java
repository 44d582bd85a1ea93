package io.rpcboot.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.rpcboot.wire.schema.MetadataEntry;
import io.rpcboot.wire.schema.RpcHeader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Headers by chance, and their bytes in all the forms that protobuf allows. The same seed gives the same headers. */
final class RandomHeaders {

    private static final String[] TEXTS = {"", "a", "Größe", "日本語", "\uD83D\uDE00", "demo.UserService", "x".repeat(200)
    };

    private final Random random;

    RandomHeaders(long seed) {
        random = new Random(seed);
    }

    /** A header as a sender may write it. */
    RpcHeader next() {
        RpcHeader.Builder header = RpcHeader.newBuilder();
        if (some()) {
            header.setServiceName(bytes()).setMethodName(bytes());
        }
        header.setArgsSize(number()).setCallId(longNumber()).setKindValue(some() ? random.nextInt(11) : 0);
        header.setMethodId(number())
                .setTimeout(number())
                .setSentAt(longNumber())
                .setStatus(number());
        header.setMore(some()).setCredit(number()).setReason(number()).setOutcome(number());
        header.setRetryAfter(some() ? number() : -number()).setAttempt(number()).setEncoding(number());
        if (some()) {
            header.setStatusMessage(text()).setDetails(bytes());
        }
        if (some()) {
            header.setVersion(text()).setGroup(text());
        }
        for (int entries = some() ? random.nextInt(4) : 0; entries > 0; entries--) {
            header.addMetadata(entry());
        }
        return header.build();
    }

    private MetadataEntry entry() {
        MetadataEntry.Builder entry = MetadataEntry.newBuilder().setKey("key-" + random.nextInt(3));
        return some() ? entry.setText(text()).build() : entry.setBinary(bytes()).build();
    }

    /** The fields of a header on the wire: shuffled, some twice or overlong, and unknown ones in between. */
    byte[] wild(RpcHeader header) {
        List<byte[]> fields = new ArrayList<>();
        addFields(fields, next().toBuilder().clearMetadata().build());
        addFields(fields, header);
        for (int unknown = random.nextInt(5); unknown > 0; unknown--) {
            fields.add(unknownField());
        }
        Collections.shuffle(fields, random);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        fields.forEach(bytes::writeBytes);
        return bytes.toByteArray();
    }

    private void addFields(List<byte[]> fields, RpcHeader header) {
        add(fields, HeaderFields.SERVICE_NAME, header.getServiceName());
        add(fields, HeaderFields.METHOD_NAME, header.getMethodName());
        add(fields, HeaderFields.ARGS_SIZE, wide(header.getArgsSize()));
        add(fields, HeaderFields.CALL_ID, header.getCallId());
        add(fields, HeaderFields.KIND, some() ? header.getKindValue() : random.nextInt());
        add(fields, HeaderFields.METHOD_ID, wide(header.getMethodId()));
        add(fields, HeaderFields.TIMEOUT, wide(header.getTimeout()));
        add(fields, HeaderFields.SENT_AT, header.getSentAt());
        add(fields, HeaderFields.STATUS, wide(header.getStatus()));
        add(fields, HeaderFields.MORE, header.getMore() ? random.nextLong() : 0);
        add(fields, HeaderFields.CREDIT, wide(header.getCredit()));
        add(fields, HeaderFields.REASON, wide(header.getReason()));
        add(fields, HeaderFields.OUTCOME, wide(header.getOutcome()));
        add(fields, HeaderFields.RETRY_AFTER, wide(header.getRetryAfter()));
        add(fields, HeaderFields.STATUS_MESSAGE, header.getStatusMessageBytes());
        add(fields, HeaderFields.DETAILS, header.getDetails());
        add(fields, HeaderFields.VERSION, header.getVersionBytes());
        add(fields, HeaderFields.GROUP, header.getGroupBytes());
        add(fields, HeaderFields.ATTEMPT, wide(header.getAttempt()));
        header.getMetadataList().forEach(entry -> add(fields, HeaderFields.METADATA, entry.toByteString()));
        add(fields, HeaderFields.ENCODING, wide(header.getEncoding()));
    }

    /** Now and then with bits set that the field has no room for. */
    private long wide(int value) {
        return random.nextInt(8) == 0 ? random.nextLong() : Integer.toUnsignedLong(value);
    }

    private void add(List<byte[]> fields, int tag, long value) {
        ByteArrayOutputStream field = new ByteArrayOutputStream();
        varint(field, tag);
        varint(field, value);
        fields.add(field.toByteArray());
    }

    private void add(List<byte[]> fields, int tag, ByteString value) {
        ByteArrayOutputStream field = new ByteArrayOutputStream();
        varint(field, tag);
        varint(field, value.size());
        field.writeBytes(value.toByteArray());
        fields.add(field.toByteArray());
    }

    private byte[] unknownField() {
        int[] numbers = {4, 5, 6, 26, 1000, (1 << 29) - 1};
        int number = numbers[random.nextInt(numbers.length)];
        ByteArrayOutputStream field = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(field);
        try {
            switch (random.nextInt(4)) {
                case 0 -> out.writeUInt64(number, random.nextLong());
                case 1 -> out.writeFixed64(number, random.nextLong());
                case 2 -> out.writeBytes(number, bytes());
                default -> out.writeFixed32(number, random.nextInt());
            }
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return field.toByteArray();
    }

    private void varint(ByteArrayOutputStream out, long value) {
        int shortest = Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(value) + 6) / 7);
        int length = random.nextInt(4) == 0 ? shortest + random.nextInt(11 - shortest) : shortest;
        long rest = value;
        for (int i = 1; i < length; i++) {
            out.write((int) rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest & 0x7f);
    }

    private boolean some() {
        return random.nextBoolean();
    }

    private int number() {
        return some() ? 0 : random.nextInt() >>> 1 + random.nextInt(31);
    }

    private long longNumber() {
        return some() ? 0 : random.nextLong() >>> 1 + random.nextInt(63);
    }

    private String text() {
        return TEXTS[random.nextInt(TEXTS.length)];
    }

    private ByteString bytes() {
        byte[] bytes = new byte[random.nextInt(40)];
        random.nextBytes(bytes);
        return ByteString.copyFrom(bytes);
    }
}
