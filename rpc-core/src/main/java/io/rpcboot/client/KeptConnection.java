package io.rpcboot.client;

import io.rpcboot.Endpoint;
import io.rpcboot.EndpointStatus;
import io.rpcboot.transport.ClientConnection;
import io.rpcboot.transport.Transport;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection to an endpoint: opened when first needed, opened again, after a growing wait, when it is lost. Safe for use by many threads.
 */
final class KeptConnection {

    /** For so long after a loss an endpoint that had worked may well be restarting. */
    private static final long RESTART_NANOS = TimeUnit.SECONDS.toNanos(30);

    private static final long LONG_LIFE_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** Naming and the connection both tell that a server is ready again, in any order and at most so far apart. */
    private static final long NEWS_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Transport transport;
    private final Connector connector;
    private final Backoff backoff;
    private final LinkListener listener;
    private final Object lock = new Object();

    private volatile Endpoint endpoint;
    private volatile @Nullable ClientConnection connection;
    private volatile String trouble = "not connected yet";

    /** After a loss the peer must greet first: a frozen one still accepts connections, and would run stale calls when it wakes up. */
    private volatile boolean mustGreet;

    private State state = State.IDLE;
    private int failures;
    private boolean worked;
    private long workedUntil;
    private long openedAt;
    private long readyAgainAt = System.nanoTime() - NEWS_NANOS;
    private @Nullable ScheduledFuture<?> retry;

    KeptConnection(
            Transport transport, Connector connector, Endpoint endpoint, Backoff backoff, LinkListener listener) {
        this.transport = transport;
        this.connector = connector;
        this.endpoint = endpoint;
        this.backoff = backoff;
        this.listener = listener;
    }

    /** Calls under way over it. */
    int outstanding() {
        ClientConnection open = connection;
        return open == null ? 0 : open.outstanding();
    }

    /** Calls that the server accepts on it at once; 0 while it is not open. */
    int capacity() {
        ClientConnection open = connection;
        return open == null ? 0 : open.maxOutstanding();
    }

    /** The connection, if new calls may be sent over it now. */
    @Nullable
    ClientConnection usableConnection() {
        ClientConnection open = connection;
        return open != null && open.isUsable() && (!mustGreet || hasGreeted(open)) ? open : null;
    }

    /** Whether the endpoint has been silent for longer than it should. */
    boolean isSuspect() {
        ClientConnection open = connection;
        return open != null && open.isSuspect();
    }

    /**
     * Whether the first attempt to connect, or the first repetition of it, is under way or due: worth a wait. Calls that wait have demanded those of
     * all ready endpoints, so one of these that is idle yet is about to be opened by another thread.
     */
    boolean mayConnectSoon() {
        synchronized (lock) {
            ClientConnection open = connection;
            if (state == State.OPEN && open != null && hasGreeted(open) && isGoneOrWantedAgain(open)) {
                return true;
            }
            boolean opening = state == State.IDLE
                    || state == State.CONNECTING
                    || state == State.WAITING
                    || open != null && !hasGreeted(open);
            return opening && failures <= 1;
        }
    }

    /** Gone a moment ago, which we have not been told yet; or the news that takes its wish for no new calls back is on its way. */
    private boolean isGoneOrWantedAgain(ClientConnection open) {
        return open.isDraining() ? isReadyAgain(System.nanoTime()) : !open.isOpen();
    }

    private boolean isReadyAgain(long now) {
        return now - readyAgainAt < NEWS_NANOS;
    }

    /** Why no call can be sent over it now. */
    String trouble() {
        return usableConnection() == null ? trouble : "has as many calls under way as it accepts";
    }

    /**
     * Naming has news of the endpoint. Another process there, or one that is ready again, is worth an attempt at once. Not to be called with a
     * lock held: what the attempt ends in may be told on this thread.
     */
    void update(Endpoint news) {
        Endpoint before = endpoint;
        endpoint = news;
        long incarnation = news.attributes().incarnation();
        boolean anotherProcess =
                incarnation != 0 && incarnation != before.attributes().incarnation();
        boolean readyAgain = isReady(news) && !isReady(before);
        if (readyAgain) {
            synchronized (lock) {
                readyAgainAt = System.nanoTime();
            }
        }
        if ((anotherProcess || readyAgain) && begin(State.WAITING, true)) {
            connect();
        }
    }

    /** Opens the connection unless it is open, being opened, or waiting for the next attempt. Not to be called with a lock held. */
    void demand() {
        if (begin(State.IDLE, false)) {
            connect();
        }
    }

    /** Moves from this state to that of connecting; false if the link is in another state. */
    private boolean begin(State from, boolean anew) {
        synchronized (lock) {
            if (state != from) {
                return false;
            }
            if (anew) {
                failures = 0;
            }
            stopWaiting();
            state = State.CONNECTING;
            return true;
        }
    }

    private static boolean hasGreeted(ClientConnection open) {
        return open.peerIncarnation() != 0;
    }

    private static boolean isReady(Endpoint endpoint) {
        return endpoint.attributes().status() == EndpointStatus.READY;
    }

    /** Nobody uses the endpoint any more: calls under way end, then the connection closes. */
    void retire() {
        synchronized (lock) {
            state = State.RETIRED;
            stopWaiting();
            ClientConnection open = connection;
            if (open != null) {
                open.closeWhenIdle();
            }
        }
    }

    /** Closes the connection at once; calls under way fail. */
    void close() {
        retire();
        ClientConnection open = connection;
        if (open != null) {
            open.close();
        }
    }

    private void connect() {
        connector.connect(endpoint).whenComplete((opened, failure) -> {
            if (opened != null) {
                opened(opened);
            } else {
                lost(null, "connecting failed: " + (failure == null ? "cancelled" : failure.getMessage()));
            }
        });
    }

    private void opened(ClientConnection opened) {
        synchronized (lock) {
            if (state == State.RETIRED) {
                opened.close();
                return;
            }
            state = State.OPEN;
            openedAt = System.nanoTime();
            connection = opened;
            opened.onChange(() -> changed(opened));
            opened.onRoom(listener::room);
        }
        // It may have closed before anybody listened; otherwise this tells that it can be used.
        changed(opened);
    }

    private void changed(ClientConnection which) {
        if (!which.isOpen()) {
            lost(which, which.isDraining() ? "it asked for no new calls" : "the connection was lost");
        } else {
            if (which.isDraining()) {
                trouble = "it asked for no new calls";
            }
            listener.changed();
        }
    }

    /** The attempt to connect failed, or this connection is gone. */
    private void lost(@Nullable ClientConnection which, String why) {
        synchronized (lock) {
            if (which != connection) {
                return;
            }
            connection = null;
            trouble = why;
            mustGreet = true;
            if (which != null && hasGreeted(which)) {
                long now = System.nanoTime();
                worked = true;
                workedUntil = now;
                // The peer had greeted. If it wanted calls it is worth a quick attempt however short the connection
                // lived,
                // else only if it lived long: a server may ask every caller to go.
                if (!which.isDraining() || isReadyAgain(now) || now - openedAt > LONG_LIFE_NANOS) {
                    failures = 0;
                }
            }
            if (state != State.RETIRED) {
                failures++;
                waitForNextAttempt();
            }
        }
        if (which == null) {
            listener.notConnected();
        } else {
            listener.changed();
        }
    }

    private void waitForNextAttempt() {
        boolean restarting = worked && System.nanoTime() - workedUntil < RESTART_NANOS;
        try {
            retry = transport.schedule(this::tryAgain, backoff.after(failures, restarting));
            state = State.WAITING;
        } catch (RejectedExecutionException e) {
            state = State.RETIRED;
            trouble = "the transport is closed";
        }
    }

    private void tryAgain() {
        if (!isReady(endpoint)) {
            // It says itself that it takes no calls; naming tells when it does again.
            return;
        }
        if (begin(State.WAITING, false)) {
            connect();
        }
    }

    private void stopWaiting() {
        if (retry != null) {
            retry.cancel(false);
            retry = null;
        }
    }

    @Override
    public String toString() {
        return "KeptConnection(" + endpoint + ", " + state + ')';
    }

    private enum State {
        IDLE,
        CONNECTING,
        OPEN,
        WAITING,
        RETIRED
    }
}
