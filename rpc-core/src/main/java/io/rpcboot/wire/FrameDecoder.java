package io.rpcboot.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.Locale;

/**
 * Finds the frames in what one connection receives, and holds it to the rule of the first frame: a HELLO, or the only request of a caller that speaks mprpc.
 * Keeps no bytes of its own. Confined to one thread, and not to be called by the sink.
 */
public final class FrameDecoder {

    private enum Mode {
        /** Nothing came yet. */
        NEW,
        /** The first frame was a HELLO. */
        OPEN,
        /** Nothing that comes has a meaning any more: the mprpc request is read, or a rule was broken. */
        DISCARDING
    }

    private static final int WHOLE_BYTES = MessageCodec.SMALL_BYTES;

    /** A body that drips must not cost more than its bytes. */
    private static final int SHORTEST_PART_BYTES = 1024;

    private final Header header = new Header();
    private final HeaderReader headerReader = new HeaderReader();
    private final Checksum checksum = new Checksum();
    private FrameLimits limits;
    private Mode mode = Mode.NEW;
    private int awaitedBytes = Integer.BYTES;

    /** What is still to come of a body that is dropped, or handed on in parts. */
    private int restBytes;

    private int frameBytes;
    private boolean dropping;
    private boolean bodyGoesOn;
    private int frameNumber;
    private int unfinishedBytes;

    public FrameDecoder(FrameLimits limits) {
        this.limits = limits;
    }

    /** Changes the limits from the next frame on. */
    public void limits(FrameLimits changed) {
        limits = changed;
    }

    /**
     * Hands every whole frame to the sink and moves the reader index past it. An incomplete frame is left unread: the next call must start
     * with it again. Only the long body of a request or response is handed on as it arrives, as if it had been sent in pieces, so that nobody
     * has to keep and copy it until it is whole.
     *
     * @throws FrameException if the bytes break a rule; whatever comes after that is dropped
     */
    public void decode(ByteBuf in, FrameSink sink) {
        try {
            while (decodeNext(in, sink)) {
                frameNumber++;
            }
            unfinishedBytes = (restBytes > 0 ? frameBytes - restBytes : 0) + in.readableBytes();
        } catch (FrameException e) {
            mode = Mode.DISCARDING;
            throw e;
        }
    }

    /** Changes from frame to frame, so that it tells whether the unfinished one is still the same. */
    public int frameNumber() {
        return frameNumber;
    }

    /** Bytes that have come of a frame that is not whole yet; 0 between two frames. */
    public int unfinishedBytes() {
        return unfinishedBytes;
    }

    private boolean decodeNext(ByteBuf in, FrameSink sink) {
        if (mode == Mode.DISCARDING) {
            in.skipBytes(in.readableBytes());
            return false;
        }
        if (restBytes > 0) {
            return dropping ? drop(in) : handPart(in, sink);
        }
        if (in.readableBytes() < awaitedBytes) {
            return false;
        }
        int headerBytes = checkedHeaderBytes(in.getIntLE(in.readerIndex()));
        if (!isReadable(in, Integer.BYTES + headerBytes)) {
            return false;
        }
        int headerStart = in.readerIndex() + Integer.BYTES;
        int bodyStart = headerStart + headerBytes;
        headerReader.read(in, headerStart, bodyStart, limits.maxMetadataBytes(), header);
        checkRules();
        return deliver(in, headerStart, bodyStart, sink);
    }

    private boolean isReadable(ByteBuf in, int bytes) {
        boolean readable = in.readableBytes() >= bytes;
        // Without this a peer that drips a long frame would have its header read again for each byte.
        awaitedBytes = readable ? Integer.BYTES : bytes;
        return readable;
    }

    private int checkedHeaderBytes(int size) {
        if (size > 0 && size <= limits.maxHeaderBytes()) {
            return size;
        }
        String expected = " (expected: 1.." + limits.maxHeaderBytes() + ")";
        if (mode == Mode.NEW && size != 0) {
            ForeignProtocol guess = ForeignProtocol.of(size);
            String bytes = ByteBufUtil.hexDump(
                    new byte[] {(byte) size, (byte) (size >> 8), (byte) (size >> 16), (byte) (size >> 24)});
            throw FrameException.foreign(
                    guess,
                    "first bytes " + bytes + " look like " + guess + "; as header_size: "
                            + Integer.toUnsignedString(size) + expected);
        }
        throw FrameException.malformed("header_size: " + Integer.toUnsignedString(size) + expected);
    }

    private void checkRules() {
        if (header.unknownKind() != 0) {
            checkOpen(header);
        } else if (header.isMprpc()) {
            checkMprpc();
        } else if (header.kind() == FrameKind.HELLO) {
            if (mode == Mode.OPEN) {
                throw FrameException.malformed("second HELLO (expected: one per direction)");
            }
        } else {
            checkOpen(header);
            if (header.kind().belongsToCall() && header.callId() <= 0) {
                throw FrameException.malformed(header.kind() + " with call_id " + Long.toUnsignedString(header.callId())
                        + " (expected: 1..2^63-1)");
            }
        }
    }

    private void checkOpen(Header first) {
        if (mode != Mode.OPEN) {
            throw FrameException.malformed("first frame: " + first + " (expected: HELLO)");
        }
    }

    private void checkMprpc() {
        if (mode == Mode.OPEN) {
            throw FrameException.malformed("REQUEST with call_id 0 (expected: 1..2^63-1)");
        }
        if (!header.hasNames()) {
            throw FrameException.malformed("first frame: neither call_id nor kind nor names (expected: HELLO)");
        }
    }

    private boolean deliver(ByteBuf in, int headerStart, int bodyStart, FrameSink sink) {
        int size = header.argsSize();
        if (size > FrameLimits.SKIP_LIMIT) {
            throw FrameException.tooLarge(
                    header + ": longer than what may be skipped (expected: at most " + FrameLimits.SKIP_LIMIT + ")");
        }
        if (header.unknownKind() != 0) {
            beginBody(in, bodyStart, size, true);
            return drop(in);
        }
        if (header.kind().carriesMessage()) {
            if (size > limits.maxMessageBytes()) {
                return refuse(in, bodyStart, size, sink);
            }
        } else if (size > limits.maxHeaderBytes()) {
            throw FrameException.tooLarge(header + " (expected: at most " + limits.maxHeaderBytes() + ")");
        }
        if (in.writerIndex() - bodyStart < size && comesInParts(size)) {
            beginBody(in, bodyStart, size, false);
            return handPart(in, sink);
        }
        if (!isReadable(in, bodyStart + size - in.readerIndex())) {
            return false;
        }
        verifyChecksum(in, headerStart, bodyStart, size);
        hand(in, bodyStart, bodyStart + size, sink);
        return true;
    }

    /** Small bodies are worth waiting for, and a checksum can be verified of a whole frame only. */
    private boolean comesInParts(int size) {
        boolean ofCall = header.kind() == FrameKind.REQUEST || header.kind() == FrameKind.RESPONSE;
        return ofCall && size > WHOLE_BYTES && !header.isMprpc() && !header.hasChecksum();
    }

    private void beginBody(ByteBuf in, int bodyStart, int size, boolean dropped) {
        frameBytes = bodyStart - in.readerIndex() + size;
        restBytes = size;
        dropping = dropped;
        bodyGoesOn = header.more();
        in.readerIndex(bodyStart);
    }

    private boolean drop(ByteBuf in) {
        int bytes = Math.min(restBytes, in.readableBytes());
        in.skipBytes(bytes);
        restBytes -= bytes;
        return restBytes == 0;
    }

    private boolean handPart(ByteBuf in, FrameSink sink) {
        int bytes = Math.min(restBytes, in.readableBytes());
        if (bytes < Math.min(restBytes, SHORTEST_PART_BYTES)) {
            return false;
        }
        restBytes -= bytes;
        header.more(restBytes > 0 || bodyGoesOn);
        hand(in, in.readerIndex(), in.readerIndex() + bytes, sink);
        return restBytes == 0;
    }

    private boolean refuse(ByteBuf in, int bodyStart, int size, FrameSink sink) {
        mode = header.isMprpc() ? Mode.DISCARDING : mode;
        beginBody(in, bodyStart, size, true);
        sink.oversized(header, size);
        return drop(in);
    }

    private void verifyChecksum(ByteBuf in, int headerStart, int bodyStart, int size) {
        if (!header.hasChecksum()) {
            return;
        }
        int covered = bodyStart - HeaderFields.CHECKSUM_BYTES;
        int actual = checksum.of(in, headerStart, covered, in, bodyStart, size);
        if (actual != header.checksum()) {
            throw FrameException.malformed(String.format(
                    Locale.ROOT, "checksum of %s: %08x (expected: %08x)", header, header.checksum(), actual));
        }
    }

    /** Shows the sink no more of the input than this frame's body, so that no slice is needed. */
    private void hand(ByteBuf in, int bodyStart, int bodyEnd, FrameSink sink) {
        int received = in.writerIndex();
        in.setIndex(bodyStart, bodyEnd);
        try {
            handBody(in, sink);
        } finally {
            in.setIndex(bodyEnd, received);
        }
    }

    private void handBody(ByteBuf body, FrameSink sink) {
        if (header.isMprpc()) {
            mode = Mode.DISCARDING;
            sink.mprpcRequest(header, body);
        } else if (header.kind() == FrameKind.REQUEST) {
            sink.request(header, body);
        } else if (header.kind() == FrameKind.RESPONSE) {
            sink.response(header, body);
        } else {
            Frame frame = ControlFrames.read(header, body);
            mode = Mode.OPEN;
            sink.frame(frame);
        }
    }
}
