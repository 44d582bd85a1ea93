package io.rpcboot.wire;

import io.netty.buffer.ByteBuf;

/**
 * Receives what a {@link FrameDecoder} finds, in the order of the wire, on the decoder's thread.
 *
 * <p>Header and body belong to the decoder and are valid during the call only. The body may be the decoder's input itself with narrowed
 * indexes: read its readable bytes, all, some or none; keep them with {@code retainedSlice()} or by copying; do not write to it.
 */
public interface FrameSink {

    /**
     * A request, or a piece of one if {@link Header#more()} is set or an earlier piece said so. A long body may come as more pieces than it was
     * sent in; then {@link Header#argsSize()} is not the length of this one.
     */
    void request(Header header, ByteBuf body);

    /** A response, or a piece of one, as with {@link #request}. */
    void response(Header header, ByteBuf body);

    /** The one request of a connection whose caller speaks mprpc. Whatever follows on the connection is dropped. */
    void mprpcRequest(Header header, ByteBuf body);

    /** Any other frame. */
    void frame(Frame frame);

    /**
     * A request, response, stream item or mprpc request whose body is over {@link FrameLimits#maxMessageBytes()}. The body is skipped
     * as it arrives, unread and without its checksum being verified; the connection lives on.
     *
     * @param argsSize length of the body in bytes
     */
    void oversized(Header header, long argsSize);
}
