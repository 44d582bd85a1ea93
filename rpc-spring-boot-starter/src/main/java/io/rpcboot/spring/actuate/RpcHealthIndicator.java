package io.rpcboot.spring.actuate;

import io.rpcboot.naming.EndpointAnnouncer;
import io.rpcboot.spring.server.RpcServerLifecycle;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * DOWN if the server should run and does not, or if somebody else holds its address in the registry, or something is in its place there that does
 * not go by itself. A registry that is away is
 * told in the details only: calls go on without it, and to take instances out of traffic would make an outage of it. Answers at once. Safe for use
 * by many threads.
 */
public final class RpcHealthIndicator implements HealthIndicator {

    private final @Nullable RpcServerLifecycle server;
    private final @Nullable BooleanSupplier registryConnected;

    /**
     * @param server null if the application serves nothing
     * @param registryConnected null if there is no registry whose connection can be told
     */
    public RpcHealthIndicator(@Nullable RpcServerLifecycle server, @Nullable BooleanSupplier registryConnected) {
        this.server = server;
        this.registryConnected = registryConnected;
    }

    @Override
    public Health health() {
        Health.Builder health = Health.up();
        if (registryConnected != null) {
            health.withDetail("registry", registryConnected.getAsBoolean() ? "connected" : "not connected");
        }
        if (server != null) {
            describe(server, health);
        }
        return health.build();
    }

    private void describe(RpcServerLifecycle running, Health.Builder health) {
        if (!running.isListening()) {
            health.down().withDetail("server", "not running");
            return;
        }
        health.withDetail("server", "listening on port " + running.port());
        List<EndpointAnnouncer.State> announcements = running.announcements();
        if (!announcements.isEmpty()) {
            health.withDetail(
                    "announcements",
                    announcements.stream().map(EndpointAnnouncer.State::detail).toList());
        }
        if (announcements.stream().anyMatch(state -> state.standing() == EndpointAnnouncer.Standing.CONFLICT)) {
            health.down();
        }
    }
}
