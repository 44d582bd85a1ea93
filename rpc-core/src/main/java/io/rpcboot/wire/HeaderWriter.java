package io.rpcboot.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.rpcboot.Metadata;
import java.util.List;

/** Appends an RpcHeader to a buffer, fields ascending, without the checksum. */
final class HeaderWriter {

    private HeaderWriter() {}

    static void write(Header header, ByteBuf out) {
        FieldWriter.bytes(out, HeaderFields.SERVICE_NAME, header.service());
        FieldWriter.bytes(out, HeaderFields.METHOD_NAME, header.method());
        FieldWriter.uint32(out, HeaderFields.ARGS_SIZE, header.argsSize());
        FieldWriter.varint(out, HeaderFields.CALL_ID, header.callId());
        FieldWriter.uint32(out, HeaderFields.KIND, header.kind().number());
        FieldWriter.uint32(out, HeaderFields.METHOD_ID, header.methodId());
        FieldWriter.uint32(out, HeaderFields.TIMEOUT, header.timeoutMs());
        if (header.hasSentAt()) {
            FieldWriter.varint(out, HeaderFields.SENT_AT, Math.max(1, header.sentAtMs()));
        }
        FieldWriter.uint32(out, HeaderFields.STATUS, header.status());
        FieldWriter.uint32(out, HeaderFields.MORE, header.more() ? 1 : 0);
        FieldWriter.uint32(out, HeaderFields.CREDIT, header.credit());
        writeFailure(header, out);
        writeRouting(header, out);
        writeMetadata(header.metadata(), out);
        FieldWriter.uint32(out, HeaderFields.ENCODING, header.encoding());
    }

    private static void writeFailure(Header header, ByteBuf out) {
        FieldWriter.uint32(out, HeaderFields.REASON, header.reason());
        FieldWriter.uint32(out, HeaderFields.OUTCOME, header.outcome());
        FieldWriter.sint32(out, HeaderFields.RETRY_AFTER, header.retryAfterMs());
        FieldWriter.string(out, HeaderFields.STATUS_MESSAGE, header.statusMessage());
        if (!header.details().isEmpty()) {
            FieldWriter.bytes(out, HeaderFields.DETAILS, header.details().toByteArray());
        }
    }

    private static void writeRouting(Header header, ByteBuf out) {
        FieldWriter.string(out, HeaderFields.VERSION, header.version());
        FieldWriter.string(out, HeaderFields.GROUP, header.group());
        FieldWriter.uint32(out, HeaderFields.ATTEMPT, header.attempt());
    }

    private static void writeMetadata(Metadata metadata, ByteBuf out) {
        if (metadata.isEmpty()) {
            return;
        }
        List<Metadata.Entry> entries = metadata.entries();
        for (int i = 0; i < entries.size(); i++) {
            Metadata.Entry entry = entries.get(i);
            FieldWriter.rawVarint(out, HeaderFields.METADATA);
            FieldWriter.rawVarint(out, entryBytes(entry));
            FieldWriter.presentString(out, HeaderFields.METADATA_KEY, entry.key());
            // Values are written when empty, too: it is the field's presence that tells text from bytes.
            if (entry instanceof Metadata.Entry.Text text) {
                FieldWriter.presentString(out, HeaderFields.METADATA_TEXT, text.value());
            } else if (entry instanceof Metadata.Entry.Binary binary) {
                FieldWriter.presentBytes(
                        out, HeaderFields.METADATA_BINARY, binary.value().toByteArray());
            }
        }
    }

    /** The length of all entries together, without tag and length of each. */
    static int metadataBytes(Metadata metadata) {
        int bytes = 0;
        for (Metadata.Entry entry : metadata.entries()) {
            bytes += entryBytes(entry);
        }
        return bytes;
    }

    private static int entryBytes(Metadata.Entry entry) {
        return FieldWriter.sizeOf(entry.key().length()) + FieldWriter.sizeOf(valueBytes(entry));
    }

    private static int valueBytes(Metadata.Entry entry) {
        return entry instanceof Metadata.Entry.Text text
                ? ByteBufUtil.utf8Bytes(text.value())
                : ((Metadata.Entry.Binary) entry).value().size();
    }
}
