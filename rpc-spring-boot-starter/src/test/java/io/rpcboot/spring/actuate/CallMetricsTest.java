package io.rpcboot.spring.actuate;

import static io.rpcboot.spring.test.Calls.LOGIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.rpcboot.Cancellation;
import io.rpcboot.Deadline;
import io.rpcboot.Invoker;
import io.rpcboot.Metadata;
import io.rpcboot.RpcCall;
import io.rpcboot.RpcException;
import io.rpcboot.RpcReply;
import io.rpcboot.RpcStatus;
import io.rpcboot.contract.ServiceContract;
import io.rpcboot.demo.proto.LoginResponse;
import io.rpcboot.demo.proto.UserService;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CallMetricsTest {

    private static final RpcCall CALL = RpcCall.unary(
            ServiceContract.of(UserService.class).orElseThrow().method("Login").orElseThrow(),
            LOGIN,
            Metadata.EMPTY,
            Deadline.after(Duration.ofMinutes(1)),
            new Cancellation());

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ClientMetrics client = new ClientMetrics(registry);
    private final ServerMetrics server = new ServerMetrics(
            registry,
            List.of(failure -> failure instanceof IllegalStateException
                    ? new RpcException(RpcStatus.FAILED_PRECONDITION, "mapped")
                    : null));

    @Test
    void aGoodCallIsTimedAtBothSides() {
        client.ended(CALL.method(), RpcStatus.OK, 1_000);
        server.intercept(CALL, done(RpcReply.of(LoginResponse.getDefaultInstance())))
                .join();

        assertThat(count("rpc.client", RpcStatus.OK)).isEqualTo(1);
        assertThat(timer("rpc.client", RpcStatus.OK).totalTime(TimeUnit.NANOSECONDS))
                .isEqualTo(1_000);
        assertThat(count("rpc.server", RpcStatus.OK)).isEqualTo(1);
    }

    @Test
    void everyCallOfAMethodGoesToTheSameTimer() {
        client.ended(CALL.method(), RpcStatus.OK, 1_000);
        client.ended(CALL.method(), RpcStatus.OK, 2_000);

        assertThat(count("rpc.client", RpcStatus.OK)).isEqualTo(2);
        assertThat(registry.getMeters()).hasSize(1);
    }

    @Test
    void aFailedCallIsCountedUnderItsStatus() {
        client.ended(CALL.method(), RpcStatus.UNAUTHENTICATED, 1_000);
        fail(new CompletionException(new RpcException(RpcStatus.UNAUTHENTICATED, "wrong password")));

        assertThat(count("rpc.client", RpcStatus.UNAUTHENTICATED)).isEqualTo(1);
        assertThat(count("rpc.server", RpcStatus.UNAUTHENTICATED)).isEqualTo(1);
    }

    @Test
    void anExceptionOfUserCodeIsCountedUnderTheStatusThatCallersSee() {
        fail(new IllegalStateException("known to the mapper"));
        fail(new IllegalArgumentException("known to nobody"));

        assertThat(count("rpc.server", RpcStatus.FAILED_PRECONDITION)).isEqualTo(1);
        assertThat(count("rpc.server", RpcStatus.INTERNAL)).isEqualTo(1);
    }

    private static Invoker done(RpcReply reply) {
        return call -> CompletableFuture.completedFuture(reply);
    }

    private void fail(Throwable failure) {
        CompletableFuture<RpcReply> future = server.intercept(CALL, call -> CompletableFuture.failedFuture(failure));

        assertThatThrownBy(future::join).isInstanceOf(CompletionException.class);
    }

    private long count(String name, RpcStatus status) {
        return timer(name, status).count();
    }

    private Timer timer(String name, RpcStatus status) {
        return registry.get(name)
                .tag("service", "demo.UserService")
                .tag("method", "Login")
                .tag("status", status.name())
                .timer();
    }
}
