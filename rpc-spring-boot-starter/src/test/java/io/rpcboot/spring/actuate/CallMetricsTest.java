package io.rpcboot.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.rpcboot.RpcMethod;
import io.rpcboot.RpcStatus;
import io.rpcboot.contract.ServiceContract;
import io.rpcboot.demo.proto.UserService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CallMetricsTest {

    private static final RpcMethod METHOD =
            ServiceContract.of(UserService.class).orElseThrow().method("Login").orElseThrow();

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ClientMetrics client = new ClientMetrics(registry);
    private final ServerMetrics server = new ServerMetrics(registry);

    @Test
    void everyCallIsTimedAtItsSide() {
        client.ended(METHOD, RpcStatus.OK, 2_000);
        server.ended(METHOD, RpcStatus.OK, 1_000);

        assertThat(timer("rpc.client", RpcStatus.OK).count()).isEqualTo(1);
        assertThat(timer("rpc.client", RpcStatus.OK).totalTime(TimeUnit.NANOSECONDS))
                .isEqualTo(2_000);
        assertThat(timer("rpc.server", RpcStatus.OK).count()).isEqualTo(1);
        assertThat(timer("rpc.server", RpcStatus.OK).totalTime(TimeUnit.NANOSECONDS))
                .isEqualTo(1_000);
    }

    @Test
    void everyCallOfAMethodGoesToTheSameTimer() {
        client.ended(METHOD, RpcStatus.OK, 1_000);
        client.ended(METHOD, RpcStatus.OK, 2_000);

        assertThat(timer("rpc.client", RpcStatus.OK).count()).isEqualTo(2);
        assertThat(registry.getMeters()).hasSize(1);
    }

    @Test
    void aFailedCallIsCountedUnderItsStatus() {
        client.ended(METHOD, RpcStatus.UNAUTHENTICATED, 1_000);
        server.ended(METHOD, RpcStatus.INTERNAL, 1_000);

        assertThat(timer("rpc.client", RpcStatus.UNAUTHENTICATED).count()).isEqualTo(1);
        assertThat(timer("rpc.server", RpcStatus.INTERNAL).count()).isEqualTo(1);
    }

    private Timer timer(String name, RpcStatus status) {
        return registry.get(name)
                .tag("service", "demo.UserService")
                .tag("method", "Login")
                .tag("status", status.name())
                .timer();
    }
}
