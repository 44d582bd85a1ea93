package io.rpcboot.transport;

import io.rpcboot.Endpoint;
import io.rpcboot.Invoker;
import io.rpcboot.Outcome;
import io.rpcboot.Reason;
import io.rpcboot.RpcCall;
import io.rpcboot.RpcReply;
import io.rpcboot.RpcStatus;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/** A way to an endpoint that is open and takes so many calls at once. Safe for use by many threads. */
public abstract sealed class ClientConnection implements Invoker permits MultiplexedConnection, MprpcConnection {

    private static final AtomicIntegerFieldUpdater<ClientConnection> OUTSTANDING =
            AtomicIntegerFieldUpdater.newUpdater(ClientConnection.class, "outstanding");

    private final Endpoint endpoint;
    private volatile int outstanding;
    private volatile int maxOutstanding;
    private volatile Runnable onChange = () -> {};
    private volatile Runnable onRoom = () -> {};

    ClientConnection(Endpoint endpoint, int maxOutstanding) {
        this.endpoint = endpoint;
        this.maxOutstanding = maxOutstanding;
    }

    public final Endpoint endpoint() {
        return endpoint;
    }

    /** Calls under way over this connection. */
    public final int outstanding() {
        return outstanding;
    }

    /** Calls that the server accepts on this connection at once. */
    public final int maxOutstanding() {
        return maxOutstanding;
    }

    /** The server has said how many calls it accepts. */
    final void maxOutstanding(int value) {
        maxOutstanding = value;
    }

    /** Whether new calls may be sent: the connection is open and the endpoint has not asked for an end. */
    public abstract boolean isUsable();

    /** Whether the endpoint has been silent for longer than it should, so that calls had better go elsewhere. */
    public abstract boolean isSuspect();

    public abstract boolean isOpen();

    /** Whether the endpoint has asked for no new calls. */
    public abstract boolean isDraining();

    /** The random number of the process at the other end; 0 until it has said so. */
    public abstract long peerIncarnation();

    /** Has the listener run, on the event loop, whenever {@link #isUsable()} or {@link #isSuspect()} may have changed. At most one. */
    public final void onChange(Runnable listener) {
        onChange = listener;
    }

    final void changed() {
        onChange.run();
    }

    /**
     * Has the listener run whenever a connection that had as many calls under way as the server accepts has room again. Runs on the thread that
     * ended a call. At most one.
     */
    public final void onRoom(Runnable listener) {
        onRoom = listener;
    }

    @Override
    public final CompletableFuture<RpcReply> invoke(RpcCall call) {
        PendingCall pending = new PendingCall(call, CallOwner.NONE);
        if (reserve()) {
            send(pending);
        } else {
            pending.fail(pending.failure(
                    RpcStatus.RESOURCE_EXHAUSTED,
                    Reason.LIMIT,
                    Outcome.DID_NOT_RUN,
                    outstanding + " calls are under way on this connection, the server accepts " + maxOutstanding));
        }
        return pending;
    }

    /** Takes room for one call, which must then be sent or {@linkplain #release() given up}; false if there is none. */
    public final boolean reserve() {
        int now;
        do {
            now = outstanding;
            if (now >= maxOutstanding) {
                return false;
            }
        } while (!OUTSTANDING.compareAndSet(this, now, now + 1));
        return true;
    }

    /** Gives up room that was reserved for a call. */
    public final void release() {
        if (OUTSTANDING.decrementAndGet(this) == maxOutstanding - 1) {
            onRoom.run();
        }
    }

    /** The attempt takes no more room. */
    final void ended(PendingCall pending) {
        ended(pending.takeRoom());
    }

    /** As {@link #ended(PendingCall)}, where the room was taken from the call before. */
    final void ended(CallObserver room) {
        release();
        room.left();
    }

    /**
     * Sends the call, for which room was {@linkplain #reserve() reserved}. It fails, with {@link Outcome#DID_NOT_RUN}, if the connection is
     * closed by the time it would be written.
     */
    public abstract void send(PendingCall pending);

    /** The call has ended for its caller, whatever the server still does. Any thread. */
    abstract void forget(PendingCall pending);

    /** Closes once the calls under way have ended; no new ones are sent. */
    public abstract void closeWhenIdle();

    /** Closes at once; calls under way fail. */
    public abstract void close();
}
