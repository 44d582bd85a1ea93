package io.rpcboot.wire;

import io.netty.buffer.ByteBuf;

/** Passes everything over, for tests that look at one kind of event. */
public class SilentSink implements FrameSink {

    @Override
    public void request(Header header, ByteBuf body) {}

    @Override
    public void response(Header header, ByteBuf body) {}

    @Override
    public void mprpcRequest(Header header, ByteBuf body) {}

    @Override
    public void frame(Frame frame) {}

    @Override
    public void oversized(Header header, long argsSize) {}
}
