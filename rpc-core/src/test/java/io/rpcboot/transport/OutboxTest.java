package io.rpcboot.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.rpcboot.wire.Frame;
import io.rpcboot.wire.FrameEncoder;
import io.rpcboot.wire.FrameKind;
import io.rpcboot.wire.FrameLimits;
import io.rpcboot.wire.Header;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutboxTest {

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final Outbox outbox = new Outbox(channel, new FrameEncoder(false));

    @AfterEach
    void close() {
        outbox.close();
        channel.finishAndReleaseAll();
    }

    /** All that was sent since this was last asked. */
    private byte[] sent() {
        ByteBuf all = Unpooled.buffer();
        for (ByteBuf one; (one = channel.readOutbound()) != null; one.release()) {
            all.writeBytes(one);
        }
        return ByteBufUtil.getBytes(all);
    }

    private void keepsUp(boolean peerReads) {
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, peerReads);
    }

    private static byte[] cancelThenPing() {
        return ByteBufUtil.getBytes(
                Unpooled.wrappedBuffer(EncodedFrames.of(new Frame.Cancel(1)), EncodedFrames.of(new Frame.Ping(9))));
    }

    @Test
    void aBodyThatIsGivenUpIsCutShortBeforeAnythingNewHoweverSlowThePeerReads() {
        Request request = new Request();
        ByteBuf body = Unpooled.buffer().writeZero(3 * FrameLimits.PIECE_BYTES);
        keepsUp(false);
        outbox.large(request, 1, FrameKind.REQUEST, body);
        outbox.run();
        assertThat(sent()).hasSizeBetween(FrameLimits.PIECE_BYTES, FrameLimits.PIECE_BYTES + 100);

        request.abandoned = true;
        outbox.add(new ControlFrame(new Frame.Ping(9)));
        channel.runPendingTasks();

        assertThat(sent()).isEqualTo(cancelThenPing());
        assertThat(body.refCnt()).isZero();
    }

    @Test
    void aBodyThatIsWantedGoesOnWhenThePeerKeepsUpAgain() {
        keepsUp(false);
        outbox.large(new Request(), 1, FrameKind.REQUEST, Unpooled.buffer().writeZero(3 * FrameLimits.PIECE_BYTES));
        outbox.run();
        sent();

        keepsUp(true);
        outbox.run();

        assertThat(sent()).hasSizeBetween(2 * FrameLimits.PIECE_BYTES, 2 * FrameLimits.PIECE_BYTES + 200);
    }

    private static final class Request implements BodyOwner {
        private boolean abandoned;

        @Override
        public void fill(Header header) {
            header.callId(1).kind(FrameKind.REQUEST).methodId(1);
        }

        @Override
        public boolean abandoned() {
            return abandoned;
        }

        @Override
        public void cutShort(Outbox outbox) {
            outbox.frame(new Frame.Cancel(1));
        }

        @Override
        public void dropped(Throwable cause) {
            throw new IllegalStateException("the connection is open", cause);
        }
    }
}
