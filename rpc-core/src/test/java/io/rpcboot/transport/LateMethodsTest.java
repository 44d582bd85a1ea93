package io.rpcboot.transport;

import static io.rpcboot.test.ProbeService.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rpcboot.CallContext;
import io.rpcboot.RpcException;
import io.rpcboot.RpcStatus;
import io.rpcboot.server.RpcServer;
import io.rpcboot.test.Network;
import io.rpcboot.test.ProbeService;
import io.rpcboot.wire.EncodedName;
import io.rpcboot.wire.Header;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a server answers when the deadline passes while a method runs, to a caller that still listens. */
class LateMethodsTest {

    private static final EncodedName ECHO = EncodedName.of("test.Probe", "Echo");

    @Test
    void aMethodThatStopsAtItsDeadlineIsTooSlowAndNotCancelled() throws Exception {
        try (Network network = Network.tcp()) {
            RpcServer server = network.serve(new ProbeService(request -> {
                CallContext context = Objects.requireNonNull(CallContext.current());
                await().atMost(Network.LONG).until(context::isCancelled);
                throw new RpcException(RpcStatus.CANCELLED, "nobody waits");
            }));
            try (RawClient caller = new RawClient(server.port())) {
                caller.hello()
                        .request(
                                new Header()
                                        .callId(1)
                                        .names(ECHO)
                                        .timeoutMs(3_000)
                                        .sentAtMs(1),
                                text("hi"));

                assertThat(caller.readUntil("nobody waits"))
                        .endsWith("the deadline passed while the method ran: nobody waits");
            }
        }
    }

    @Test
    void aMethodThatFailsAsCancelledInTimeIsToldSo() throws Exception {
        try (Network network = Network.tcp()) {
            RpcServer server = network.serve(new ProbeService(request -> {
                throw new RpcException(RpcStatus.CANCELLED, "not today");
            }));
            try (RawClient caller = new RawClient(server.port())) {
                caller.hello()
                        .request(
                                new Header()
                                        .callId(1)
                                        .names(ECHO)
                                        .timeoutMs(20_000)
                                        .sentAtMs(1),
                                text("hi"));

                assertThat(caller.readUntil("not today")).doesNotContain("deadline");
            }
        }
    }
}
