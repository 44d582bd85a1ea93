package io.rpcboot.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import io.netty.buffer.ByteBufUtil;
import io.rpcboot.wire.schema.RpcHeader;
import java.util.Arrays;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The codec by hand against the class that protoc generates from the same schema. */
class HeaderCodecTest {

    private static final int HEADERS = 20_000;
    private static final Pattern STRICTER = Pattern.compile("wire type|checksum|longer than 10 bytes");

    @Test
    void whatItWritesTheGeneratedClassReads() throws InvalidProtocolBufferException {
        RandomHeaders headers = new RandomHeaders(1);

        for (int i = 0; i < HEADERS; i++) {
            RpcHeader wanted = headers.next();
            byte[] written = Headers.write(Headers.fromSchema(wanted));

            assertThat(RpcHeader.parseFrom(written)).isEqualTo(wanted);
        }
    }

    @Test
    void itWritesAsTheGeneratedClassDoes() {
        RandomHeaders headers = new RandomHeaders(2);

        for (int i = 0; i < HEADERS; i++) {
            RpcHeader wanted = headers.next();
            byte[] written = Headers.write(Headers.fromSchema(wanted));

            assertThat(written).isEqualTo(wanted.toByteArray());
        }
    }

    @Test
    void whatTheGeneratedClassWritesItReads() {
        RandomHeaders headers = new RandomHeaders(3);

        for (int i = 0; i < HEADERS; i++) {
            RpcHeader wanted = headers.next();
            Header read = Headers.read(wanted.toByteArray());

            assertThat(Headers.toSchema(read)).isEqualTo(Headers.asReceived(wanted));
        }
    }

    @Test
    void itReadsAnyOrderDuplicatesUnknownFieldsAndOverlongVarints() throws InvalidProtocolBufferException {
        RandomHeaders headers = new RandomHeaders(4);

        for (int i = 0; i < HEADERS; i++) {
            byte[] bytes = headers.wild(headers.next());
            Header read = Headers.read(bytes);

            assertThat(Headers.toSchema(read))
                    .as(() -> ByteBufUtil.hexDump(bytes))
                    .isEqualTo(Headers.asReceived(RpcHeader.parseFrom(bytes)));
        }
    }

    /**
     * Groups, misplaced checksums and the eleventh byte of a varint are refused (protobuf overlooks the latter at times), bad metadata only
     * refuses the call: there the two may differ.
     */
    @Test
    void itRefusesWhatTheGeneratedClassRefuses() {
        RandomHeaders headers = new RandomHeaders(5);
        Random random = new Random(5);
        int broken = 0;

        for (int i = 0; i < 5 * HEADERS; i++) {
            byte[] bytes = mutate(headers.wild(headers.next()), random);
            RpcHeader wanted = parsedOrNull(bytes);
            try {
                Header read = Headers.read(bytes);
                if (read.metadataProblem() == null) {
                    assertThat(wanted).as(() -> ByteBufUtil.hexDump(bytes)).isNotNull();
                    assertThat(Headers.toSchema(read)).isEqualTo(Headers.asReceived(wanted));
                }
            } catch (FrameException e) {
                broken++;
                if (!STRICTER.matcher(e.getMessage()).find()) {
                    assertThat(wanted)
                            .as(() -> e + " " + ByteBufUtil.hexDump(bytes))
                            .isNull();
                }
            }
        }
        assertThat(broken).isGreaterThan(HEADERS);
    }

    private static byte[] mutate(byte[] bytes, Random random) {
        byte[] mutated = Arrays.copyOf(bytes, bytes.length - random.nextInt(1 + bytes.length / 8));
        for (int flips = random.nextInt(4); flips > 0 && mutated.length > 0; flips--) {
            mutated[random.nextInt(mutated.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return mutated;
    }

    private static RpcHeader parsedOrNull(byte[] bytes) {
        try {
            return RpcHeader.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            return null;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "38ffffffffffffffffffff01, varint longer than 10 bytes",
        "38, ends within a field",
        "38ff, ends within a field",
        "0001, field number 0",
        "0a05616263, field of 5 bytes (expected: at most the 3",
        "0affffffff0f, field of 4294967295 bytes",
        "9a0102c328, text that is not UTF-8",
        "c201041202c328, text that is not UTF-8",
        "c201040a056162, field of 5 bytes (expected: at most the 2",
        "2b2c, field 5 of wire type 3",
        "2c, field 5 of wire type 4",
        "2e, field 5 of wire type 6",
        "2100, ends within a field",
        "2d00, ends within a field",
        "7d000000003801, checksum followed by 2 bytes",
    })
    void brokenHeadersSayWhatIsWrong(String hex, String message) {
        byte[] bytes = ByteBufUtil.decodeHexDump(hex);

        assertThatThrownBy(() -> Headers.read(bytes))
                .isInstanceOfSatisfying(
                        FrameException.class, e -> assertThat(e.kind()).isEqualTo(FrameException.Kind.MALFORMED))
                .hasMessageContaining(message);
    }

    @Test
    void namesAreDecodedWhenAskedFor() {
        EncodedName name = EncodedName.of("demo.UserService", "Größe");

        Header read = Headers.read(Headers.write(new Header().names(name)));

        assertThat(read.hasNames()).isTrue();
        assertThat(read.serviceName()).isEqualTo("demo.UserService");
        assertThat(read.methodName()).isEqualTo("Größe").isSameAs(read.methodName());
    }

    @Test
    void namesOfTheFrameBeforeAreForgotten() {
        Header header = new Header().names("demo.UserService", "Login");
        assertThat(header.serviceName()).isEqualTo("demo.UserService");

        header.names("demo.Other", "Logout");

        assertThat(header.serviceName()).isEqualTo("demo.Other");
        assertThat(header.methodName()).isEqualTo("Logout");
        assertThat(header.clear().serviceName()).isEmpty();
        assertThat(header.hasNames()).isFalse();
    }

    @Test
    void aFrameSentTogetherWithTheHelloIsSentAtOneMillisecond() {
        Header header = new Header().sentAtMs(0);

        Header read = Headers.read(Headers.write(header));

        assertThat(read.hasSentAt()).isTrue();
        assertThat(read.sentAtMs()).isEqualTo(1);
        assertThat(Headers.read(new byte[0]).hasSentAt()).isFalse();
    }

    @Test
    void clearForgetsEveryField() {
        RandomHeaders headers = new RandomHeaders(6);

        for (int i = 0; i < 1000; i++) {
            Header header = Headers.fromSchema(headers.next());
            header.checksum(7);
            header.metadataTooLarge(2, 1);

            header.clear();

            assertThat(header).usingRecursiveComparison().isEqualTo(new Header());
        }
    }
}
