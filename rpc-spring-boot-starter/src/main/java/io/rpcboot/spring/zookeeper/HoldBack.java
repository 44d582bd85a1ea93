package io.rpcboot.spring.zookeeper;

import io.rpcboot.Endpoint;
import io.rpcboot.EndpointStatus;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Doubts a registry that loses all or half of a service's endpoints at once: these stay in the list for a while. What a registry states, and
 * the loss of a single one of several, counts at once; so does the loss of one that said it was stopping. For use by one thread.
 */
final class HoldBack {

    /** Losses that lie closer together than this are one event: sessions that expire together are deleted one after the other. */
    private static final long BURST_NANOS = Duration.ofSeconds(2).toNanos();

    private final long holdNanos;
    private final LongSupplier nanoClock;
    private final Map<String, Loss> losses = new HashMap<>();
    private Map<String, Endpoint> present = Map.of();

    /**
     * Holds nothing yet.
     *
     * @param hold how long doubtful losses stay in the list
     * @param nanoClock a clock like {@link System#nanoTime()}
     */
    HoldBack(Duration hold, LongSupplier nanoClock) {
        this.holdNanos = hold.toNanos();
        this.nanoClock = nanoClock;
    }

    /**
     * Takes in what the registry shows now, and returns the list to believe, ordered by address.
     *
     * @param offering the endpoints that offer the service, each address once
     * @param stated the addresses that the registry shows at all; one that is there and offers the service no longer is no loss
     */
    List<Endpoint> update(Collection<Endpoint> offering, Set<String> stated) {
        long now = nanoClock.getAsLong();
        Map<String, Endpoint> before = present;
        present = new HashMap<>();
        offering.forEach(endpoint -> present.put(endpoint.address(), endpoint));
        before.values().stream()
                .filter(endpoint -> endpoint.attributes().status() != EndpointStatus.DRAINING)
                .forEach(endpoint -> losses.put(endpoint.address(), new Loss(endpoint, now, false)));
        losses.keySet().removeIf(address -> present.containsKey(address) || stated.contains(address));
        losses.values().removeIf(loss -> loss.nanosLeft(now) <= 0);
        doubtManyLosses();
        return believed();
    }

    /** Lets doubtful losses stay for the full time from now on: the registry was away, so nobody could come back. */
    void restart() {
        long now = nanoClock.getAsLong();
        losses.replaceAll((address, loss) -> loss.held ? new Loss(loss.endpoint, now, true) : loss);
    }

    /** Nanoseconds from now until the list to believe changes by itself; empty if it does not. */
    OptionalLong nanosToNextChange() {
        long now = nanoClock.getAsLong();
        return losses.values().stream()
                .filter(Loss::held)
                .mapToLong(loss -> Math.max(0, loss.nanosLeft(now)))
                .min();
    }

    private void doubtManyLosses() {
        long staying = present.values().stream()
                .filter(endpoint -> endpoint.attributes().status() != EndpointStatus.DRAINING)
                .count();
        boolean half = losses.size() >= staying;
        boolean singleOfSeveral = losses.size() == 1 && staying > 0;
        if (half && !singleOfSeveral) {
            losses.replaceAll((address, loss) -> new Loss(loss.endpoint, loss.atNanos, true));
        }
    }

    private List<Endpoint> believed() {
        // Sorted by keys that are there: to put every address together for each comparison would cost most of all here.
        Map<String, Endpoint> byAddress = new TreeMap<>(present);
        losses.forEach((address, loss) -> {
            if (loss.held) {
                byAddress.put(address, loss.endpoint);
            }
        });
        return List.copyOf(byAddress.values());
    }

    private final class Loss {
        private final Endpoint endpoint;
        private final long atNanos;
        private final boolean held;

        Loss(Endpoint endpoint, long atNanos, boolean held) {
            this.endpoint = endpoint;
            this.atNanos = atNanos;
            this.held = held;
        }

        boolean held() {
            return held;
        }

        long nanosLeft(long now) {
            return atNanos + (held ? holdNanos : BURST_NANOS) - now;
        }
    }
}
