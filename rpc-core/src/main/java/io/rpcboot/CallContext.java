package io.rpcboot;

import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The call that the current thread is serving: its deadline, headers and caller. Calls made meanwhile inherit the deadline. On other
 * threads it stands only inside what {@link #wrap} made. Immutable.
 */
public final class CallContext {

    /** A context, or the supplier of one that nobody has looked at yet. */
    private static final ThreadLocal<@Nullable Object> CURRENT = new ThreadLocal<>();

    private static final Scope NO_CONTEXT = () -> CURRENT.set(null);

    private final RpcMethod method;
    private final Metadata metadata;
    private final long deadline;
    private final Peer peer;
    private final Cancellation cancellation;
    private final int attempt;

    /**
     * The context of a call.
     *
     * @param attempt how often the caller sent the call before
     */
    public CallContext(
            RpcMethod method, Metadata metadata, Deadline deadline, Peer peer, Cancellation cancellation, int attempt) {
        this.method = method;
        this.metadata = metadata;
        this.deadline = deadline.nanoTime();
        this.peer = peer;
        this.cancellation = cancellation;
        this.attempt = attempt;
    }

    /** The context of the call this thread is serving, or null outside of one. */
    public static @Nullable CallContext current() {
        Object current = CURRENT.get();
        if (current instanceof Supplier<?> source) {
            current = source.get();
            CURRENT.set(current);
        }
        return (CallContext) current;
    }

    /**
     * Makes this the current thread's context until the returned scope is closed, which puts back what stood before. For try-with-resources.
     */
    public Scope enter() {
        return enter(this);
    }

    /** As {@link #enter()}; null hides the current context. */
    public static Scope enter(@Nullable CallContext context) {
        return put(context);
    }

    /** As {@link #enter()}, with a context that is made when somebody first asks for it, as most methods that are served never do. */
    public static Scope enterLazily(Supplier<CallContext> context) {
        return put(context);
    }

    private static Scope put(@Nullable Object context) {
        Object before = CURRENT.get();
        CURRENT.set(context);
        return before == null ? NO_CONTEXT : () -> CURRENT.set(before);
    }

    public RpcMethod method() {
        return method;
    }

    /** The caller's headers. */
    public Metadata metadata() {
        return metadata;
    }

    /** When the caller gives up. */
    public Deadline deadline() {
        return Deadline.at(deadline);
    }

    /** Who calls. */
    public Peer peer() {
        return peer;
    }

    /** Tells when the caller has given up. */
    public Cancellation cancellation() {
        return cancellation;
    }

    /** How often the caller sent this call before. Calls made while serving one that was sent again are not sent again themselves. */
    public int attempt() {
        return attempt;
    }

    /** Whether the caller has given up, so that further work is wasted. */
    public boolean isCancelled() {
        return cancellation.isCancelled();
    }

    /** The task, run in this context whatever thread runs it. */
    public Runnable wrap(Runnable task) {
        return () -> {
            try (Scope scope = enter()) {
                task.run();
            }
        };
    }

    /** The task, run in this context whatever thread runs it. */
    public <T> Callable<T> wrap(Callable<T> task) {
        return () -> {
            try (Scope scope = enter()) {
                return task.call();
            }
        };
    }

    /** The time during which a context is the thread's. Closed on the thread that opened it. */
    @FunctionalInterface
    public interface Scope extends AutoCloseable {
        @Override
        void close();
    }
}
