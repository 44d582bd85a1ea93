package io.rpcboot.spring.client;

import io.rpcboot.client.RpcClient;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Fails the start while no endpoint is known of a service that must be there. Waits once for all of them, when the beans are complete; for a
 * bean that is made later, at once. Safe for use by many threads.
 */
public final class EndpointCheck implements SmartInitializingSingleton {

    private final Supplier<RpcClient> clients;
    private final Duration atMost;
    private final Set<String> required = new TreeSet<>();
    private boolean complete;

    public EndpointCheck(Supplier<RpcClient> clients, Duration atMost) {
        this.clients = clients;
        this.atMost = atMost;
    }

    /**
     * Adds a service that must be there.
     *
     * @throws NoEndpointException if the application has started already and no endpoint is known
     */
    synchronized void require(String service) {
        if (complete) {
            check(Set.of(service));
        } else {
            required.add(service);
        }
    }

    @Override
    public synchronized void afterSingletonsInstantiated() {
        complete = true;
        check(required);
    }

    private void check(Set<String> services) {
        long end = System.nanoTime() + atMost.toNanos();
        for (String service : services) {
            Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
            if (!isThere(service, left)) {
                throw new NoEndpointException(service, atMost);
            }
        }
    }

    private boolean isThere(String service, Duration left) {
        try {
            return clients.get().awaitEndpoint(service, left);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
