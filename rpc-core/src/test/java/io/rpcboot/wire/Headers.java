package io.rpcboot.wire;

import com.google.protobuf.ByteString;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.rpcboot.Metadata;
import io.rpcboot.wire.schema.MetadataEntry;
import io.rpcboot.wire.schema.RpcHeader;
import java.util.ArrayList;
import java.util.List;

/** Headers of the hand-written codec to and from the class that protoc generates from the schema. */
final class Headers {

    private Headers() {}

    /** The fields that are present, in the generated class's text form on one line. */
    static String describe(Header header) {
        return toSchema(header).toString().replaceAll("\\s+", " ").trim();
    }

    static RpcHeader toSchema(Header header) {
        RpcHeader.Builder schema = RpcHeader.newBuilder()
                .setServiceName(ByteString.copyFrom(header.service()))
                .setMethodName(ByteString.copyFrom(header.method()))
                .setArgsSize(header.argsSize())
                .setCallId(header.callId())
                .setKindValue(header.unknownKind() == 0 ? header.kind().number() : header.unknownKind())
                .setMethodId(header.methodId())
                .setTimeout(header.timeoutMs())
                .setSentAt(Math.max(0, header.sentAtMs()))
                .setStatus(header.status())
                .setMore(header.more())
                .setCredit(header.credit())
                .setChecksum(header.checksum())
                .setReason(header.reason())
                .setOutcome(header.outcome())
                .setRetryAfter(header.retryAfterMs())
                .setStatusMessage(header.statusMessage())
                .setDetails(header.details())
                .setVersion(header.version())
                .setGroup(header.group())
                .setAttempt(header.attempt())
                .setEncoding(header.encoding());
        for (Metadata.Entry entry : header.metadata().entries()) {
            schema.addMetadata(toSchema(entry));
        }
        return schema.build();
    }

    private static MetadataEntry toSchema(Metadata.Entry entry) {
        MetadataEntry.Builder schema = MetadataEntry.newBuilder().setKey(entry.key());
        if (entry instanceof Metadata.Entry.Text text) {
            return schema.setText(text.value()).build();
        }
        return schema.setBinary(((Metadata.Entry.Binary) entry).value()).build();
    }

    static Header fromSchema(RpcHeader schema) {
        Header header = new Header()
                .service(schema.getServiceName().toByteArray())
                .method(schema.getMethodName().toByteArray())
                .argsSize(schema.getArgsSize())
                .callId(schema.getCallId())
                .kindNumber(schema.getKindValue())
                .methodId(schema.getMethodId())
                .timeoutMs(schema.getTimeout())
                .sentAtMs(schema.getSentAt() == 0 ? -1 : schema.getSentAt())
                .status(schema.getStatus())
                .more(schema.getMore())
                .credit(schema.getCredit())
                .reason(schema.getReason())
                .outcome(schema.getOutcome())
                .retryAfterMs(schema.getRetryAfter())
                .statusMessage(schema.getStatusMessage())
                .details(schema.getDetails())
                .version(schema.getVersion())
                .group(schema.getGroup())
                .attempt(schema.getAttempt())
                .encoding(schema.getEncoding());
        List<Metadata.Entry> entries = new ArrayList<>();
        for (MetadataEntry entry : schema.getMetadataList()) {
            entries.add(
                    entry.hasBinary()
                            ? new Metadata.Entry.Binary(entry.getKey(), entry.getBinary())
                            : new Metadata.Entry.Text(entry.getKey(), entry.getText()));
        }
        return header.metadata(Metadata.of(entries));
    }

    /** What a receiver makes of a header that protobuf read: section 3 of docs/wire-protocol.md. */
    static RpcHeader asReceived(RpcHeader schema) {
        RpcHeader.Builder received = schema.toBuilder()
                .setArgsSize(capped(schema.getArgsSize()))
                .setMethodId(capped(schema.getMethodId()))
                .setTimeout(capped(schema.getTimeout()))
                .setSentAt(Math.max(0, schema.getSentAt()))
                .setStatus(capped(schema.getStatus()))
                .setCredit(capped(schema.getCredit()))
                .setReason(capped(schema.getReason()))
                .setOutcome(capped(schema.getOutcome()))
                .setAttempt(capped(schema.getAttempt()))
                .setEncoding(capped(schema.getEncoding()))
                .clearMetadata();
        for (MetadataEntry entry : schema.getMetadataList()) {
            MetadataEntry.Builder known = MetadataEntry.newBuilder().setKey(entry.getKey());
            received.addMetadata(
                    entry.hasBinary() ? known.setBinary(entry.getBinary()) : known.setText(entry.getText()));
        }
        return received.setUnknownFields(com.google.protobuf.UnknownFieldSet.getDefaultInstance())
                .build();
    }

    private static int capped(int unsigned) {
        return unsigned < 0 ? Integer.MAX_VALUE : unsigned;
    }

    static byte[] write(Header header) {
        ByteBuf out = Unpooled.buffer();
        HeaderWriter.write(header, out);
        byte[] bytes = new byte[out.readableBytes()];
        out.readBytes(bytes);
        return bytes;
    }

    /** Reads a header as a decoder with the initial limits does. */
    static Header read(byte[] bytes) {
        Header header = new Header();
        ByteBuf in = Unpooled.wrappedBuffer(new byte[3], bytes, new byte[3]);
        new HeaderReader().read(in, 3, 3 + bytes.length, FrameLimits.DEFAULT.maxMetadataBytes(), header);
        return header;
    }
}
