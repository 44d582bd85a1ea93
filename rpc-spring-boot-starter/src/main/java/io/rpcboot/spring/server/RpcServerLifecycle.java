package io.rpcboot.spring.server;

import io.rpcboot.naming.EndpointAnnouncer;
import io.rpcboot.server.RpcServer;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;

/**
 * Binds the server when the context starts, announces it once the application is ready for traffic, tells callers when it no longer is, and
 * drains it when the context stops. Safe for use by many threads.
 */
public final class RpcServerLifecycle
        implements SmartLifecycle, ApplicationListener<AvailabilityChangeEvent<ReadinessState>> {

    /** The phase in which web servers finish their requests, so that both do so at the same time and within one time limit. */
    public static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 1024;

    private final Supplier<RpcServer> servers;
    private final List<ServerAnnouncement> announcements;
    private final LocalPort localPort;
    private final Duration gracePeriod;
    private final KeepAlive keepAlive = new KeepAlive();
    private @Nullable RpcServer server;
    private boolean announced;
    private boolean ready;

    public RpcServerLifecycle(
            Supplier<RpcServer> servers,
            List<ServerAnnouncement> announcements,
            LocalPort localPort,
            Duration gracePeriod) {
        this.servers = servers;
        this.announcements = List.copyOf(announcements);
        this.localPort = localPort;
        this.gracePeriod = gracePeriod;
    }

    @Override
    public synchronized void start() {
        RpcServer started = servers.get();
        started.start();
        server = started;
        announced = false;
        localPort.set(started.port());
        keepAlive.begin();
        if (ready) {
            announce(started);
        }
    }

    /** Follows the application's readiness. Does not wait for registries or callers. */
    @Override
    public synchronized void onApplicationEvent(AvailabilityChangeEvent<ReadinessState> event) {
        ready = event.getState() == ReadinessState.ACCEPTING_TRAFFIC;
        RpcServer running = server;
        if (running == null) {
            return;
        }
        if (ready && !announced) {
            announce(running);
        }
        running.readiness(ready);
    }

    private void announce(RpcServer running) {
        announcements.forEach(announcement -> announcement.begin(running));
        announced = true;
    }

    @Override
    public void stop() {
        drain(takeRunning());
    }

    /** Drains on a thread of its own, so that other parts of the application stop meanwhile. */
    @Override
    public void stop(Runnable callback) {
        RpcServer running = takeRunning();
        Thread stopper = new Thread(
                () -> {
                    try {
                        drain(running);
                    } finally {
                        callback.run();
                    }
                },
                "rpc-server-stop");
        stopper.start();
    }

    private synchronized @Nullable RpcServer takeRunning() {
        RpcServer running = server;
        server = null;
        return running;
    }

    private void drain(@Nullable RpcServer running) {
        if (running == null) {
            return;
        }
        try {
            running.stop(gracePeriod);
        } finally {
            keepAlive.end();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return server != null;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    /** Whether the application said last that it accepts traffic. */
    public synchronized boolean isReady() {
        return ready;
    }

    /** Whether calls are accepted; false before the start and from the stop on. */
    public synchronized boolean isListening() {
        return server != null && server.isRunning();
    }

    /**
     * The port the server has bound.
     *
     * @throws IllegalStateException if the server does not run
     */
    public synchronized int port() {
        if (server == null) {
            throw new IllegalStateException("the RPC server does not run");
        }
        return server.port();
    }

    /** How the announcements stand; empty while there are none. Does not wait for registries. */
    public synchronized List<EndpointAnnouncer.State> announcements() {
        return server == null ? List.of() : server.announcements();
    }
}
