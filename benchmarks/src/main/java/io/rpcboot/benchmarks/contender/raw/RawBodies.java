package io.rpcboot.benchmarks.contender.raw;

import com.google.protobuf.ByteString;
import io.netty.buffer.ByteBuf;
import io.rpcboot.benchmarks.contender.Messages;

/** What the frames carry. For use on one event loop, since arrays are reused. */
interface RawBodies {

    byte LOGIN = 1;
    byte ECHO = 2;

    /** Appends the request. */
    void writeRequest(byte operation, ByteString payload, ByteBuf out);

    /** Reads a request and appends its reply. */
    void answer(byte operation, ByteBuf request, int bytes, ByteBuf out);

    /** Reads a reply; throws if it is not the right one. */
    void readReply(byte operation, ByteString payload, ByteBuf reply, int bytes);

    /** As many bytes as the messages have, and no messages. */
    final class Bytes implements RawBodies {

        private final byte[] loginRequest = Messages.loginRequest().toByteArray();
        private final byte[] loginReply =
                Messages.login(Messages.loginRequest()).toByteArray();

        @Override
        public void writeRequest(byte operation, ByteString payload, ByteBuf out) {
            if (operation == LOGIN) {
                out.writeBytes(loginRequest);
            } else {
                out.writeBytes(payload.asReadOnlyByteBuffer());
            }
        }

        @Override
        public void answer(byte operation, ByteBuf request, int bytes, ByteBuf out) {
            if (operation == LOGIN) {
                out.writeBytes(loginReply);
            } else {
                out.writeBytes(request, bytes);
            }
        }

        @Override
        public void readReply(byte operation, ByteString payload, ByteBuf reply, int bytes) {
            int expected = operation == LOGIN ? loginReply.length : payload.size();
            if (bytes != expected || reply.getByte(reply.readerIndex() + bytes - 1) != lastOf(operation, payload)) {
                throw new IllegalStateException("a reply of " + bytes + " bytes (expected: " + expected + ")");
            }
        }

        private byte lastOf(byte operation, ByteString payload) {
            return operation == LOGIN ? loginReply[loginReply.length - 1] : payload.byteAt(payload.size() - 1);
        }
    }
}
