package io.rpcboot.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.ArrayList;
import java.util.List;

/** Writes down what a decoder finds, a line per event, so that a test can compare lists. */
final class RecordingSink implements FrameSink {

    private final List<String> events = new ArrayList<>();

    List<String> events() {
        return events;
    }

    @Override
    public void request(Header header, ByteBuf body) {
        record("request", header, body);
    }

    @Override
    public void response(Header header, ByteBuf body) {
        record("response", header, body);
    }

    @Override
    public void mprpcRequest(Header header, ByteBuf body) {
        record("ancestor", header, body);
    }

    @Override
    public void frame(Frame frame) {
        events.add(describe(frame));
    }

    @Override
    public void oversized(Header header, long argsSize) {
        events.add("oversized " + header.kind() + " call_id=" + header.callId() + " args_size=" + argsSize);
    }

    private void record(String what, Header header, ByteBuf body) {
        events.add(what + ' ' + Headers.describe(header) + " body=" + ByteBufUtil.hexDump(body));
    }

    private static String describe(Frame frame) {
        if (frame instanceof Frame.Message message) {
            return "message call_id=" + message.callId() + " more=" + message.more() + " body="
                    + ByteBufUtil.hexDump(message.body());
        }
        return frame.toString().replaceAll("\\s+", " ").trim();
    }
}
