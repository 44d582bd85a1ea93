package io.rpcboot.spring.actuate;

import static io.rpcboot.spring.test.Calls.LOGIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.rpcboot.Cancellation;
import io.rpcboot.Deadline;
import io.rpcboot.Interceptor;
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
        RpcReply reply = RpcReply.of(LoginResponse.getDefaultInstance());

        client.intercept(CALL, call -> server.intercept(call, done(reply))).join();

        assertThat(count("rpc.client", RpcStatus.OK)).isEqualTo(1);
        assertThat(count("rpc.server", RpcStatus.OK)).isEqualTo(1);
    }

    @Test
    void everyCallOfAMethodGoesToTheSameTimer() {
        RpcReply reply = RpcReply.of(LoginResponse.getDefaultInstance());

        client.intercept(CALL, done(reply)).join();
        client.intercept(CALL, done(reply)).join();

        assertThat(count("rpc.client", RpcStatus.OK)).isEqualTo(2);
        assertThat(registry.getMeters()).hasSize(1);
    }

    @Test
    void aFailedCallIsCountedUnderItsStatus() {
        RpcException failure = new RpcException(RpcStatus.UNAUTHENTICATED, "wrong password");

        fail(client, failure);
        fail(server, new CompletionException(failure));

        assertThat(count("rpc.client", RpcStatus.UNAUTHENTICATED)).isEqualTo(1);
        assertThat(count("rpc.server", RpcStatus.UNAUTHENTICATED)).isEqualTo(1);
    }

    @Test
    void anExceptionOfUserCodeIsCountedUnderTheStatusThatCallersSee() {
        fail(server, new IllegalStateException("known to the mapper"));
        fail(server, new IllegalArgumentException("known to nobody"));

        assertThat(count("rpc.server", RpcStatus.FAILED_PRECONDITION)).isEqualTo(1);
        assertThat(count("rpc.server", RpcStatus.INTERNAL)).isEqualTo(1);
    }

    private static Invoker done(RpcReply reply) {
        return call -> CompletableFuture.completedFuture(reply);
    }

    private static void fail(Interceptor metrics, Throwable failure) {
        CompletableFuture<RpcReply> future = metrics.intercept(CALL, call -> CompletableFuture.failedFuture(failure));

        assertThatThrownBy(future::join).isInstanceOf(CompletionException.class);
    }

    private long count(String name, RpcStatus status) {
        return registry.get(name)
                .tag("service", "demo.UserService")
                .tag("method", "Login")
                .tag("status", status.name())
                .timer()
                .count();
    }
}
