package io.rpcboot.client;

import io.rpcboot.Endpoint;
import io.rpcboot.EndpointStatus;
import io.rpcboot.transport.ClientConnection;
import io.rpcboot.transport.Transport;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The connections to one endpoint, one or more, shared by all services that run there. Safe for use by many threads. */
final class EndpointLink implements LinkListener {

    /** A connection without a limit of calls counts as one with this. */
    private static final int MOST = 1_000_000;

    private final List<LinkListener> listeners = new CopyOnWriteArrayList<>();
    private final List<KeptConnection> connections;
    private volatile Endpoint endpoint;
    private volatile boolean shared;

    EndpointLink(Transport transport, Connector connector, Endpoint endpoint, ConnectionOptions options) {
        this.endpoint = endpoint;
        Backoff backoff = new Backoff(options.firstPause(), options.longestPause());
        Supplier<KeptConnection> connection = () -> new KeptConnection(transport, connector, endpoint, backoff, this);
        this.connections =
                Stream.generate(connection).limit(options.perEndpoint()).toList();
    }

    Endpoint endpoint() {
        return endpoint;
    }

    /** Calls under way there, of all services. */
    int outstanding() {
        int sum = 0;
        for (int i = 0; i < connections.size(); i++) {
            sum += connections.get(i).outstanding();
        }
        return sum;
    }

    /** Calls that the endpoint accepts at once, over all connections that are open. */
    int capacity() {
        int sum = 0;
        for (int i = 0; i < connections.size(); i++) {
            sum = Math.addExact(sum, Math.min(connections.get(i).capacity(), MOST));
        }
        return sum;
    }

    /** Whether more than one service uses the endpoint. */
    boolean isShared() {
        return shared;
    }

    void shared(boolean value) {
        shared = value;
    }

    /** Whether calls may be sent there, be it that they would have to wait for room. */
    boolean isUsable() {
        for (KeptConnection one : connections) {
            if (one.usableConnection() != null) {
                return true;
            }
        }
        return false;
    }

    /** Takes room for one call on the least busy connection; null if none can take a call now. */
    @Nullable
    ClientConnection reserve() {
        if (connections.size() == 1) {
            return reserve(connections.get(0));
        }
        KeptConnection leastBusy = null;
        for (KeptConnection one : connections) {
            if (one.usableConnection() != null && (leastBusy == null || isBetter(one, leastBusy))) {
                leastBusy = one;
            }
        }
        ClientConnection reserved = leastBusy == null ? null : reserve(leastBusy);
        return reserved == null ? reserveAny() : reserved;
    }

    private static boolean isBetter(KeptConnection one, KeptConnection other) {
        return one.isSuspect() == other.isSuspect() ? one.outstanding() < other.outstanding() : other.isSuspect();
    }

    private @Nullable ClientConnection reserveAny() {
        for (KeptConnection one : connections) {
            ClientConnection reserved = reserve(one);
            if (reserved != null) {
                return reserved;
            }
        }
        return null;
    }

    private static @Nullable ClientConnection reserve(KeptConnection one) {
        ClientConnection usable = one.usableConnection();
        return usable != null && usable.reserve() ? usable : null;
    }

    /** Whether the endpoint has been silent for longer than it should on every connection. */
    boolean isSuspect() {
        return connections.stream().allMatch(one -> one.usableConnection() == null || one.isSuspect());
    }

    /** Whether a first attempt to connect, or the first repetition of it, is under way or due: worth a wait. */
    boolean mayConnectSoon() {
        return connections.stream().anyMatch(KeptConnection::mayConnectSoon);
    }

    /** Why no call can be sent there now. */
    String trouble() {
        EndpointStatus status = endpoint.attributes().status();
        return status == EndpointStatus.READY ? connections.get(0).trouble() : "says it is " + status;
    }

    void addListener(LinkListener listener) {
        listeners.add(listener);
    }

    void removeListener(LinkListener listener) {
        listeners.remove(listener);
    }

    /** Naming has news of the endpoint. Not to be called with a lock held. */
    void update(Endpoint news) {
        endpoint = news;
        connections.forEach(one -> one.update(news));
    }

    /** Opens what is not open. Not to be called with a lock held. */
    void demand() {
        connections.forEach(KeptConnection::demand);
    }

    /** Nobody uses the endpoint any more: calls under way end, then the connections close. */
    void retire() {
        connections.forEach(KeptConnection::retire);
    }

    /** Closes at once; calls under way fail. */
    void close() {
        connections.forEach(KeptConnection::close);
    }

    @Override
    public void changed() {
        listeners.forEach(LinkListener::changed);
    }

    @Override
    public void notConnected() {
        listeners.forEach(LinkListener::notConnected);
    }

    /** Another service is the first each time, or one with many waiting calls would take it all. */
    @Override
    public void room() {
        Object[] all = listeners.toArray();
        int first = all.length > 1 ? ThreadLocalRandom.current().nextInt(all.length) : 0;
        for (int i = 0; i < all.length; i++) {
            ((LinkListener) all[(first + i) % all.length]).room();
        }
    }

    @Override
    public String toString() {
        return "EndpointLink(" + endpoint + ", " + connections + ')';
    }
}
