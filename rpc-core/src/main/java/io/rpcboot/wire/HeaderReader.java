package io.rpcboot.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Reads an RpcHeader from a buffer into a {@link Header}. Confined to one thread. */
final class HeaderReader {

    private final FieldReader fields = new FieldReader(Unpooled.EMPTY_BUFFER);
    private final MetadataReader metadata = new MetadataReader();

    /**
     * Clears the header and fills it from the bytes between start and end.
     *
     * @throws FrameException if they are no RpcHeader
     */
    void read(ByteBuf in, int start, int end, int maxMetadataBytes, Header into) {
        into.clear();
        metadata.limit(maxMetadataBytes);
        fields.over(in, start, end);
        while (fields.hasMore()) {
            readField(fields.tag(), end, into);
        }
        fields.over(Unpooled.EMPTY_BUFFER, 0, 0);
        metadata.moveTo(into);
    }

    private void readField(int tag, int end, Header into) {
        switch (tag) {
            case HeaderFields.ARGS_SIZE -> into.argsSize(fields.uint32());
            case HeaderFields.CALL_ID -> into.callId(fields.varint());
            case HeaderFields.KIND -> into.kindNumber((int) fields.varint());
            case HeaderFields.METHOD_ID -> into.methodId(fields.uint32());
            case HeaderFields.TIMEOUT -> into.timeoutMs(fields.uint32());
            case HeaderFields.SENT_AT -> into.sentAtMs(presentOrNone(fields.varint()));
            case HeaderFields.STATUS -> into.status(fields.uint32());
            case HeaderFields.MORE -> into.more(fields.varint() != 0);
            case HeaderFields.CREDIT -> into.credit(fields.uint32());
            case HeaderFields.CHECKSUM -> into.checksum(checksum(end));
            default -> readRareField(tag, into);
        }
    }

    private void readRareField(int tag, Header into) {
        switch (tag) {
            case HeaderFields.SERVICE_NAME -> into.service(fields.bytes());
            case HeaderFields.METHOD_NAME -> into.method(fields.bytes());
            case HeaderFields.REASON -> into.reason(fields.uint32());
            case HeaderFields.OUTCOME -> into.outcome(fields.uint32());
            case HeaderFields.RETRY_AFTER -> into.retryAfterMs(fields.sint32());
            case HeaderFields.STATUS_MESSAGE -> into.statusMessage(fields.string());
            case HeaderFields.DETAILS -> into.details(fields.byteString());
            case HeaderFields.VERSION -> into.version(fields.string());
            case HeaderFields.GROUP -> into.group(fields.string());
            case HeaderFields.ATTEMPT -> into.attempt(fields.uint32());
            case HeaderFields.METADATA -> metadata.add(fields);
            case HeaderFields.ENCODING -> into.encoding(fields.uint32());
            default -> fields.skip(tag);
        }
    }

    /** In proto3 a written 0 means the same as nothing written; beyond 2^63 there is no such time. */
    private static long presentOrNone(long sentAtMs) {
        return sentAtMs > 0 ? sentAtMs : -1;
    }

    private int checksum(int end) {
        int value = fields.fixed32();
        if (fields.index() != end) {
            throw FrameException.malformed("header: checksum followed by " + (end - fields.index())
                    + " bytes (expected: the last field of the header)");
        }
        return value;
    }
}
