package io.rpcboot.transport;

import static io.rpcboot.test.ProbeService.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rpcboot.RpcException;
import io.rpcboot.RpcReply;
import io.rpcboot.RpcStatus;
import io.rpcboot.test.Network;
import io.rpcboot.test.Text;
import io.rpcboot.wire.EncodedName;
import io.rpcboot.wire.Frame;
import io.rpcboot.wire.FrameLimits;
import io.rpcboot.wire.Header;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each request counts from its arrival to its answer, once, whatever becomes of it; and a caller that reads no replies. */
class RequestBytesTest {

    private static final EncodedName ECHO = EncodedName.of("test.Probe", "Echo");
    private static final Text HUNDRED = text("x".repeat(98));
    private static final int CHARGE = RequestBytes.PER_CALL + 100;

    private final Transport transport =
            Transport.tcp(TransportOptions.DEFAULT.withEventLoops(1).withLimits(new FrameLimits(16384, 2000, 8192)));
    // Filled on the event loop, which must not wait for a lock.
    private final BlockingQueue<IncomingCall> arrived = new LinkedTransferQueue<>();

    @AfterEach
    void close() {
        arrived.forEach(call -> call.fail(new RpcException(RpcStatus.ABORTED, "the test is over")));
        transport.close();
    }

    private Listener listen(long perConnection, long all) throws IOException {
        return listen(perConnection, all, Duration.ofMillis(100));
    }

    private Listener listen(long perConnection, long all, Duration unwritableTimeout) throws IOException {
        return transport.listen(
                new InetSocketAddress("127.0.0.1", 0),
                Identity.of("server"),
                (service, method) -> 0,
                arrived::add,
                ServerLimits.defaults()
                        .withUnansweredBytes(perConnection, all)
                        .withTimeouts(ServerTimeouts.DEFAULT.withUnwritable(unwritableTimeout)),
                null);
    }

    private IncomingCall next() throws InterruptedException {
        IncomingCall call = arrived.poll(Network.LONG.toSeconds(), TimeUnit.SECONDS);
        assertThat(call).isNotNull();
        return call;
    }

    private static Header request(long id) {
        return new Header().callId(id).names(ECHO).timeoutMs(30_000);
    }

    private static void awaitBytes(Listener listener, long bytes) {
        await().atMost(Network.LONG).until(listener::unansweredBytes, now -> now == bytes);
    }

    @Test
    void aRequestCountsUntilItIsAnswered() throws Exception {
        Listener listener = listen(1 << 20, 1 << 20);
        try (RawClient peer = new RawClient(listener.port())) {
            peer.hello().request(request(1), HUNDRED).request(request(2), HUNDRED);
            IncomingCall replied = next();
            IncomingCall failed = next();
            assertThat(listener.unansweredBytes()).isEqualTo(2 * CHARGE);

            replied.reply(RpcReply.of(replied.read(Text.parser())));
            replied.reply(RpcReply.of(HUNDRED));
            replied.fail(new RpcException(RpcStatus.ABORTED, "a second answer"));
            awaitBytes(listener, CHARGE);
            failed.fail(new RpcException(RpcStatus.ABORTED, "failed"));

            awaitBytes(listener, 0);
        }
    }

    @Test
    void aRequestInPiecesCountsWithWhatHasCome() throws Exception {
        Listener listener = listen(1 << 20, 1 << 20);
        try (RawClient peer = new RawClient(listener.port())) {
            peer.hello().request(request(1).more(true), HUNDRED);
            awaitBytes(listener, CHARGE);
            peer.request(new Header().callId(1), HUNDRED);
            IncomingCall call = next();
            assertThat(listener.unansweredBytes()).isEqualTo(CHARGE + 100);

            call.fail(new RpcException(RpcStatus.ABORTED, "failed"));

            awaitBytes(listener, 0);
        }
    }

    @Test
    void aRequestThatIsCancelledInPiecesCountsNoMore() throws Exception {
        Listener listener = listen(1 << 20, 1 << 20);
        try (RawClient peer = new RawClient(listener.port())) {
            peer.hello().request(request(1).more(true), HUNDRED);
            awaitBytes(listener, CHARGE);

            peer.send(EncodedFrames.of(new Frame.Cancel(1)));

            awaitBytes(listener, 0);
        }
    }

    @Test
    void aRequestThatGrowsTooLargeCountsNoMore() throws Exception {
        Listener listener = listen(1 << 20, 1 << 20);
        try (RawClient peer = new RawClient(listener.port())) {
            peer.hello().request(request(1).more(true), HUNDRED);
            awaitBytes(listener, CHARGE);

            peer.request(new Header().callId(1), text("x".repeat(1950)));

            awaitBytes(listener, 0);
        }
    }

    @Test
    void whatRunsForALostConnectionCountsUntilItEnds() throws Exception {
        Listener listener = listen(1 << 20, 1 << 20);
        IncomingCall running;
        try (RawClient peer = new RawClient(listener.port())) {
            peer.hello().request(request(1), HUNDRED).request(request(2).more(true), HUNDRED);
            running = next();
            awaitBytes(listener, 2 * CHARGE);
        }
        awaitBytes(listener, CHARGE);
        assertThat(listener.connections()).isZero();

        running.reply(RpcReply.of(HUNDRED));

        awaitBytes(listener, 0);
    }

    @Test
    void aConnectionThatHasTooMuchUnansweredIsRefusedAndOthersAreNot() throws Exception {
        // The least that is kept is one message of 2000 bytes: four calls of 612 bytes.
        Listener listener = listen(1, 1 << 20);
        try (RawClient greedy = new RawClient(listener.port());
                RawClient other = new RawClient(listener.port())) {
            greedy.hello();
            for (int id = 1; id <= 5; id++) {
                greedy.request(request(id), HUNDRED);
            }
            String refusal = readUntil(greedy, "too many bytes");
            other.hello().request(request(1), HUNDRED);

            assertThat(refusal).isNotEmpty();
            awaitBytes(listener, 5 * CHARGE);
            for (int i = 0; i < 5; i++) {
                next().reply(RpcReply.of(HUNDRED));
            }
            awaitBytes(listener, 0);
            greedy.request(request(6), HUNDRED);
            next().reply(RpcReply.of(HUNDRED));
            awaitBytes(listener, 0);
        }
    }

    @Test
    void allConnectionsTogetherAreLimitedToo() throws Exception {
        Listener listener = listen(1 << 20, 1);
        try (RawClient first = new RawClient(listener.port());
                RawClient second = new RawClient(listener.port())) {
            first.hello();
            for (int id = 1; id <= 4; id++) {
                first.request(request(id), HUNDRED);
            }
            awaitBytes(listener, 4 * CHARGE);

            second.hello().request(request(1), HUNDRED);

            assertThat(readUntil(second, "too many bytes")).isNotEmpty();
            second.request(request(2).more(true), HUNDRED);
            assertThat(readUntil(second, "too many bytes")).isNotEmpty();
            awaitBytes(listener, 4 * CHARGE);
        }
    }

    @Test
    void aCallerThatReadsNoRepliesIsNotReadFromUntilItDoes() throws Exception {
        Listener listener = listen(1 << 20, 1 << 20, Network.LONG);
        Text large = text("x".repeat(900_000));
        try (RawClient peer = new RawClient(listener.port())) {
            peer.hello();
            long sent = 0;
            IncomingCall call;
            do {
                peer.request(request(++sent), HUNDRED);
                call = arrived.poll(1, TimeUnit.SECONDS);
                if (call != null) {
                    call.reply(RpcReply.of(large));
                }
            } while (call != null);
            assertThat(listener.connections()).isOne();

            await().atMost(Network.LONG)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> {
                        peer.readAvailable();
                        return !arrived.isEmpty();
                    });

            next().reply(RpcReply.of(HUNDRED));
            awaitBytes(listener, 0);
        }
    }

    @Test
    void aCallerThatReadsNoRepliesIsClosed() throws Exception {
        Listener listener = listen(1 << 20, 1 << 20);
        Text large = text("x".repeat(900_000));
        try (RawClient peer = new RawClient(listener.port())) {
            peer.hello();
            for (int id = 1; id <= 100; id++) {
                peer.request(request(id), HUNDRED);
                IncomingCall call = arrived.poll(1, TimeUnit.SECONDS);
                if (call == null) {
                    break;
                }
                call.reply(RpcReply.of(large));
            }

            await().atMost(Network.LONG).until(() -> listener.connections() == 0);
            awaitBytes(listener, 0);
        }
    }

    private static String readUntil(RawClient peer, String text) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(text) < 0) {
            byte[] next = peer.read(1);
            if (next.length == 0) {
                throw new AssertionError("the server closed after: " + read);
            }
            read.append((char) next[0]);
        }
        return read.toString();
    }
}
