package io.rpcboot.client;

import io.rpcboot.Endpoint;
import io.rpcboot.EndpointAttributes;
import io.rpcboot.EndpointStatus;
import io.rpcboot.RpcException;
import io.rpcboot.balance.Candidate;
import io.rpcboot.balance.Ejectable;
import io.rpcboot.balance.Ejection;
import io.rpcboot.balance.EjectionOptions;
import io.rpcboot.balance.EndpointLoad;
import io.rpcboot.balance.Health;
import io.rpcboot.balance.Verdict;
import io.rpcboot.transport.CallObserver;
import io.rpcboot.transport.ClientConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * One endpoint as one service sees it: the link, which other services may share, and how the calls of this service fare there. Safe for use by
 * many threads.
 */
final class ServiceLink implements Candidate, Ejectable, CallObserver {

    /** Longer pauses that an overloaded server asks for count as this. */
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Where several services share an endpoint, none may hold more of the room there: one whose calls all hang must not take it all. */
    private static final double SHARE_OF_ONE = 0.8;

    private static final AtomicIntegerFieldUpdater<ServiceLink> HELD =
            AtomicIntegerFieldUpdater.newUpdater(ServiceLink.class, "held");

    private final EndpointLink link;
    private final Runnable onRoom;
    private final Ejection<ServiceLink> ejection;
    private volatile int held;
    private volatile Endpoint endpoint;
    private volatile EndpointLoad load;
    private final EjectionOptions ejectionOptions;
    private volatile Health health;

    /**
     * @param onRoom runs when this service, which held its whole share of the room, can send one more call
     * @param isNews whether the endpoint came after the first list from naming, and so may have just started
     */
    ServiceLink(
            EndpointLink link,
            Runnable onRoom,
            Ejection<ServiceLink> ejection,
            EjectionOptions ejectionOptions,
            Endpoint endpoint,
            boolean isNews) {
        this.link = link;
        this.onRoom = onRoom;
        this.ejection = ejection;
        this.ejectionOptions = ejectionOptions;
        this.health = new Health(ejectionOptions);
        this.endpoint = endpoint;
        this.load = loadOf(endpoint, isNews);
    }

    private static EndpointLoad loadOf(Endpoint endpoint, boolean isNews) {
        long now = System.nanoTime();
        Instant startedAt = endpoint.attributes().startedAt();
        if (startedAt.equals(Instant.EPOCH)) {
            return isNews ? EndpointLoad.runningFor(0, now) : EndpointLoad.warm(now);
        }
        long millis = Duration.between(startedAt, Instant.now()).toMillis();
        return EndpointLoad.runningFor(TimeUnit.MILLISECONDS.toNanos(millis), now);
    }

    EndpointLink link() {
        return link;
    }

    @Override
    public Endpoint endpoint() {
        return endpoint;
    }

    @Override
    public int outstanding() {
        return link.outstanding();
    }

    @Override
    public EndpointLoad load() {
        return load;
    }

    @Override
    public Health health() {
        return health;
    }

    boolean isReady() {
        EndpointAttributes attributes = endpoint.attributes();
        return attributes.status() == EndpointStatus.READY && attributes.weight() > 0;
    }

    @Override
    public String group() {
        return tag();
    }

    /** Empty for none. */
    String tag() {
        return endpoint.attributes().tag();
    }

    /** Whether calls may be sent there, be it that they would have to wait for room. */
    boolean isUsable() {
        return link.isUsable();
    }

    /** Takes room for one call, which must then be sent, with this as its observer, or {@linkplain #release} given up; null if there is none. */
    @Nullable
    ClientConnection reserve() {
        int share = share();
        int now;
        do {
            now = held;
            if (now >= share) {
                return null;
            }
        } while (!HELD.compareAndSet(this, now, now + 1));
        ClientConnection reserved = link.reserve();
        if (reserved == null) {
            HELD.decrementAndGet(this);
        }
        return reserved;
    }

    /** Whether there is room now, which somebody else may take. */
    boolean hasRoom() {
        return link.isUsable() && held < share() && link.outstanding() < link.capacity();
    }

    private int share() {
        return link.isShared() ? Math.max(1, (int) (SHARE_OF_ONE * link.capacity())) : Integer.MAX_VALUE;
    }

    /** Gives up room that was reserved here. */
    void release(ClientConnection reserved) {
        HELD.decrementAndGet(this);
        reserved.release();
    }

    /** Why no call can be sent there now. */
    String trouble() {
        return link.isUsable() && !tag().isEmpty() ? "is for calls with tag '" + tag() + "'" : link.trouble();
    }

    /** Naming has news of the endpoint. Another process there starts with a clean slate. */
    void update(Endpoint news) {
        if (news.attributes().incarnation() != endpoint.attributes().incarnation()) {
            load = loadOf(news, true);
            health = new Health(ejectionOptions);
        }
        endpoint = news;
        link.update(news);
    }

    @Override
    public void ended(long sentAt, long endedAt, @Nullable RpcException failure) {
        Verdict verdict = Verdict.of(failure);
        long nanos = endedAt - sentAt;
        if (verdict == Verdict.WORKS) {
            load.answered(nanos, endedAt);
        } else {
            load.delayed(Math.max(nanos, pauseNanos(failure)), endedAt);
        }
        ejection.ended(this, verdict, sentAt, endedAt);
    }

    @Override
    public void left() {
        if (HELD.decrementAndGet(this) == share() - 1) {
            onRoom.run();
        }
    }

    private static long pauseNanos(@Nullable RpcException failure) {
        Duration pause = failure == null ? null : failure.retryAfter();
        return pause == null ? 0 : Math.min(LONGEST_PAUSE_NANOS, TimeUnit.MILLISECONDS.toNanos(pause.toMillis()));
    }

    @Override
    public String toString() {
        return endpoint.toString();
    }
}
