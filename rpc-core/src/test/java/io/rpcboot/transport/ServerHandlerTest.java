package io.rpcboot.transport;

import static io.rpcboot.test.ProbeService.text;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.rpcboot.RpcException;
import io.rpcboot.RpcReply;
import io.rpcboot.RpcStatus;
import io.rpcboot.wire.EncodedName;
import io.rpcboot.wire.Frame;
import io.rpcboot.wire.FrameDecoder;
import io.rpcboot.wire.FrameLimits;
import io.rpcboot.wire.FrameSink;
import io.rpcboot.wire.Header;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a server bears with from one caller, with the default limits and simulated time. */
class ServerHandlerTest {

    private static final int LOOK_MILLIS = 100;
    private static final EncodedName ECHO = EncodedName.of("test.Probe", "Echo");
    private static final EncodedName NOTHING = EncodedName.of("test.Probe", "Nothing");
    private static final int MEGABYTE = 1 << 20;

    private final Queue<IncomingCall> arrived = new ArrayDeque<>();
    private final Received received = new Received();
    private final EmbeddedChannel channel = connect();
    private long lastId;

    private EmbeddedChannel connect() {
        EmbeddedChannel connected = new EmbeddedChannel(new ServerHandler(
                TransportOptions.DEFAULT,
                Identity.of("server"),
                (service, method) -> method.equals("Echo") ? 0 : MethodTable.UNKNOWN_METHOD,
                arrived::add,
                ServerLimits.defaults(),
                null,
                new ByteBudget(64 << 20)));
        connected.freezeTime();
        return connected;
    }

    @AfterEach
    void close() {
        arrived.forEach(call -> call.fail(new RpcException(RpcStatus.ABORTED, "the test is over")));
        channel.finishAndReleaseAll();
    }

    /** Lets so much time pass on the event loop. */
    private void pass(long millis) {
        for (long passed = 0; passed < millis; passed += LOOK_MILLIS) {
            channel.advanceTimeBy(LOOK_MILLIS, MILLISECONDS);
            channel.runScheduledPendingTasks();
        }
    }

    private ServerHandlerTest send(byte[] bytes) {
        return send(bytes, 0, bytes.length);
    }

    private ServerHandlerTest send(byte[] bytes, int from, int to) {
        channel.writeInbound(Unpooled.copiedBuffer(bytes, from, to - from));
        return this;
    }

    /** Sends the bytes from this index on, so many each second, until all are sent or the server closes. Seconds that went by. */
    private int drip(byte[] bytes, int from, int bytesPerSecond) {
        int seconds = 0;
        for (int at = from; at < bytes.length && channel.isOpen(); at += bytesPerSecond) {
            send(bytes, at, Math.min(bytes.length, at + bytesPerSecond));
            pass(1000);
            seconds++;
        }
        return seconds;
    }

    private byte[] request(EncodedName method, int bodyBytes) {
        return EncodedFrames.of(
                new Header().callId(++lastId).names(method).timeoutMs(60_000), text("x".repeat(bodyBytes)));
    }

    private byte[] echo() {
        return request(ECHO, 10);
    }

    private IncomingCall next() {
        IncomingCall call = arrived.poll();
        assertThat(call).isNotNull();
        return call;
    }

    /** Reads what the server sent. */
    private final class Received implements FrameSink {
        private final FrameDecoder decoder = new FrameDecoder(FrameLimits.DEFAULT);
        private final List<Frame> frames = new ArrayList<>();
        private final List<Integer> statuses = new ArrayList<>();

        Received read() {
            for (ByteBuf bytes; (bytes = channel.readOutbound()) != null; bytes.release()) {
                decoder.decode(bytes, this);
            }
            return this;
        }

        @Override
        public void frame(Frame frame) {
            frames.add(frame);
        }

        @Override
        public void response(Header header, ByteBuf body) {
            statuses.add(header.status());
        }

        @Override
        public void request(Header header, ByteBuf body) {}

        @Override
        public void mprpcRequest(Header header, ByteBuf body) {}

        @Override
        public void oversized(Header header, long argsSize) {}
    }

    @Test
    void theGreetingTellsHowLongTheCallerMayBeSilent() {
        send(EncodedFrames.hello());

        assertThat(received.read().frames).singleElement().isInstanceOfSatisfying(Frame.Hello.class, hello -> {
            assertThat(hello.body().getKeepalive().getSilenceMs()).isEqualTo(30_000);
            assertThat(hello.body().getKeepalive().getIdleMs()).isZero();
            assertThat(hello.body().getLimits().getMaxCalls()).isEqualTo(256);
        });
    }

    @Test
    void aCallerThatDoesNotGreetIsClosed() {
        pass(2_900);
        assertThat(channel.isOpen()).isTrue();

        pass(200);

        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void aGreetingThatDripsIsClosedAsSoon() {
        byte[] hello = EncodedFrames.hello();
        for (int i = 0; i < 29; i++) {
            send(hello, i, i + 1);
            pass(100);
        }
        assertThat(channel.isOpen()).isTrue();

        send(hello, 29, 30).pass(200);

        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void aSilentCallerIsClosedAndItsCallsAreCancelled() {
        send(EncodedFrames.hello()).send(echo());
        IncomingCall call = next();

        pass(29_000);
        assertThat(channel.isOpen()).isTrue();
        assertThat(call.cancellation().isCancelled()).isFalse();
        pass(2_500);

        assertThat(channel.isOpen()).isFalse();
        assertThat(call.cancellation().isCancelled()).isTrue();
        call.reply(RpcReply.of(text("late")));
    }

    @Test
    void aClientThatIsWellKeepsItsConnectionHoweverIdle() {
        send(EncodedFrames.hello());
        long now = 0;
        Liveness client = new Liveness(KeepaliveOptions.DEFAULT, now);

        for (int second = 0; second < 600; second++) {
            now += SECONDS.toNanos(1);
            if (client.look(now, SECONDS.toNanos(1)) == Liveness.Verdict.ASK) {
                send(EncodedFrames.of(new Frame.Ping(second)));
                client.heard(now);
            }
            pass(1000);
            assertThat(channel.isOpen()).isTrue();
        }

        assertThat(received.read().frames)
                .filteredOn(Frame.Pong.class::isInstance)
                .hasSizeBetween(40, 60);
    }

    @Test
    void timeInWhichTheServerStoodStillIsNotHeldAgainstTheCaller() {
        send(EncodedFrames.hello()).send(echo(), 0, 5).pass(5000);

        channel.advanceTimeBy(3600, SECONDS);
        channel.runScheduledPendingTasks();

        pass(2000);
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void timeInWhichTheServerDoesNotReadIsNotHeldAgainstTheCaller() {
        send(EncodedFrames.hello()).send(echo(), 0, 5).pass(1000);

        channel.config().setAutoRead(false);
        pass(100_000);
        assertThat(channel.isOpen()).isTrue();
        channel.config().setAutoRead(true);

        pass(13_000);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void aFrameThatDripsIsClosed() {
        int seconds = send(EncodedFrames.hello()).drip(echo(), 0, 1);

        assertThat(channel.isOpen()).isFalse();
        assertThat(seconds).isBetween(10, 12);
    }

    @Test
    void aLongFrameThatBeginsFastAndThenDripsIsClosed() {
        byte[] request = request(ECHO, MEGABYTE);

        int seconds = send(EncodedFrames.hello()).send(request, 0, 100_000).drip(request, 100_000, 1);

        assertThat(channel.isOpen()).isFalse();
        assertThat(seconds).isBetween(10, 12);
    }

    @Test
    void aLongFrameMayTakeItsTime() {
        int seconds = send(EncodedFrames.hello()).drip(request(ECHO, MEGABYTE), 0, 17 << 10);

        assertThat(channel.isOpen()).isTrue();
        assertThat(seconds).isGreaterThan(60);
        assertThat(arrived).hasSize(1);
    }

    @Test
    void aBodyThatIsPassedOverIsHeldToTheSamePace() {
        byte[] tooLarge = request(ECHO, 5 * MEGABYTE);
        byte[] small = echo();

        int seconds = send(EncodedFrames.hello()).drip(tooLarge, 0, 50 << 10);
        assertThat(channel.isOpen()).isTrue();
        assertThat(seconds).isGreaterThan(60);
        assertThat(received.read().statuses).containsExactly(RpcStatus.RESOURCE_EXHAUSTED.code());
        // The frame after it is another frame, and begins with no debt.
        send(small, 0, 1).pass(5000);
        send(small, 1, small.length);
        assertThat(arrived).hasSize(1);

        seconds = drip(request(ECHO, 5 * MEGABYTE), 0, 10 << 10);

        assertThat(channel.isOpen()).isFalse();
        assertThat(seconds).isBetween(10, 12);
    }

    @Test
    void framesThatAreNeverCutAtTheirEndsAreNoDrip() {
        byte[] ping = EncodedFrames.of(new Frame.Ping(7));
        send(EncodedFrames.hello()).send(ping, 0, 3);

        for (int second = 0; second < 60; second++) {
            send(ping, 3, ping.length).send(ping, 0, 3).pass(1000);
        }

        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void aFloodOfPingsIsClosed() {
        send(EncodedFrames.hello());
        byte[] ping = EncodedFrames.of(new Frame.Ping(7));

        for (int i = 0; i < 1000 && channel.isOpen(); i++) {
            send(ping);
        }

        assertThat(channel.isOpen()).isFalse();
        assertThat(received.read().frames)
                .filteredOn(Frame.Pong.class::isInstance)
                .hasSizeGreaterThanOrEqualTo(200);
    }

    @Test
    void callsThatAreCancelledAtOnceAreClosedAfterAWhile() {
        send(EncodedFrames.hello());

        int cancelled = callAndCancel(10_000, false);

        assertThat(channel.isOpen()).isFalse();
        // The limit, the calls that may be under way, and what time forgave.
        assertThat(cancelled).isBetween(456, 600);
    }

    @Test
    void cancelledCallsAmongAnsweredOnesAreBorne() {
        send(EncodedFrames.hello());

        callAndCancel(2_000, true);

        assertThat(channel.isOpen()).isTrue();
    }

    /** Has calls cancelled that run, with an answered call after each if wanted; how many before the server closed. */
    private int callAndCancel(int times, boolean answered) {
        for (int i = 0; i < times; i++) {
            if (!channel.isOpen()) {
                return i;
            }
            send(echo()).send(EncodedFrames.of(new Frame.Cancel(lastId)));
            next().fail(new RpcException(RpcStatus.CANCELLED, "stopped"));
            if (answered && channel.isOpen()) {
                send(echo());
                next().reply(RpcReply.of(text("hi")));
                channel.runPendingTasks();
            }
        }
        return times;
    }

    @Test
    void cancelsOfCallsWhoseTimeIsNearlyOverAreNoAbuse() {
        send(EncodedFrames.hello());

        for (int i = 0; i < 1000; i++) {
            send(EncodedFrames.of(new Header().callId(++lastId).names(ECHO).timeoutMs(1), text("hi")));
            IncomingCall call = arrived.poll();
            while (call != null && !call.deadline().isExpired()) {
                Thread.onSpinWait();
            }
            send(EncodedFrames.of(new Frame.Cancel(lastId)));
            if (call != null) {
                call.fail(new RpcException(RpcStatus.CANCELLED, "stopped"));
            }
        }

        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void aSearchForMethodsIsClosed() {
        send(EncodedFrames.hello());

        for (int i = 0; i < 1000 && channel.isOpen(); i++) {
            send(request(NOTHING, 10));
        }

        assertThat(channel.isOpen()).isFalse();
        assertThat(received.read().statuses).hasSizeBetween(100, 150).containsOnly(RpcStatus.UNIMPLEMENTED.code());
    }

    @Test
    void aMethodThatIsMissingDoesNotEndTheOtherCalls() {
        send(EncodedFrames.hello());

        for (int i = 0; i < 1000; i++) {
            send(request(NOTHING, 10)).send(echo());
            next().reply(RpcReply.of(text("hi")));
            channel.runPendingTasks();
        }

        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void nothingThatComesAfterTheLastStrawIsServed() {
        send(EncodedFrames.hello());
        ByteBuf flood = Unpooled.buffer();
        for (int i = 0; i < 1000; i++) {
            flood.writeBytes(EncodedFrames.of(new Frame.Ping(i)));
        }
        flood.writeBytes(echo());

        channel.writeInbound(flood);

        assertThat(channel.isOpen()).isFalse();
        assertThat(arrived).isEmpty();
    }

    @Test
    void callsBeyondTheLimitAreRefusedUntilOneEnds() {
        send(EncodedFrames.hello());
        for (int i = 0; i < 257; i++) {
            send(echo());
        }
        assertThat(arrived).hasSize(256);
        assertThat(received.read().statuses).containsExactly(RpcStatus.RESOURCE_EXHAUSTED.code());

        next().reply(RpcReply.of(text("hi")));
        channel.runPendingTasks();
        send(echo());

        assertThat(arrived).hasSize(256);
    }
}
