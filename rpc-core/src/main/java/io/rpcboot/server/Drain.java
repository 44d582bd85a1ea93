package io.rpcboot.server;

import io.rpcboot.transport.Listener;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Ends a server's calls without losing one: callers are asked to go, what still arrives is served until it is quiet, and only then new calls
 * are refused. Waits on the calling thread.
 */
final class Drain {

    private static final long LOOK_EVERY_MILLIS = 10;
    private static final long LONGEST_LOOK_MILLIS = 100;

    private final Listener listener;
    private final DrainOptions options;
    private final CompletableFuture<Void> withdrawn;
    private boolean shown = true;
    private long hiddenAt;

    /** @param withdrawn done when naming shows the server no longer, or is not waited for any more */
    Drain(Listener listener, DrainOptions options, CompletableFuture<Void> withdrawn) {
        this.listener = listener;
        this.options = options;
        this.withdrawn = withdrawn;
    }

    /** True if all calls ended in time. */
    boolean run(Duration grace) {
        long end = System.nanoTime() + grace.toNanos();
        long farewell = Math.min(end - System.nanoTime(), options.longest().toNanos()) + System.nanoTime();
        listener.drain();
        long asked = System.nanoTime();
        await(farewell, () -> listener.servesMprpc() ? isHiddenAndQuiet() : everybodyIsGone() || isQuietSince(asked));
        listener.refuseNewCalls();
        return await(end, () -> everybodyIsGone() || isTrue(listener.isIdle()));
    }

    /** Callers that speak mprpc have no connection before they ask: they come as long as naming shows the server, and a little longer. */
    private boolean isHiddenAndQuiet() {
        if (shown && withdrawn.isDone()) {
            shown = false;
            hiddenAt = System.nanoTime();
        }
        return !shown && isQuietSince(hiddenAt);
    }

    private boolean everybodyIsGone() {
        return listener.connections() == 0;
    }

    private boolean isQuietSince(long begin) {
        long now = System.nanoTime();
        return now - begin > options.quiet().toNanos()
                && isTrue(listener.isQuietSince(now - options.quiet().toNanos()));
    }

    /** False while an event loop, busy with user code, does not answer. */
    private static boolean isTrue(CompletableFuture<Boolean> answer) {
        try {
            return answer.get(LONGEST_LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a connection could not be looked at", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean await(long end, Supplier<Boolean> condition) {
        while (!condition.get()) {
            if (System.nanoTime() - end >= 0) {
                return false;
            }
            new CompletableFuture<Void>()
                    .completeOnTimeout(null, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)
                    .join();
        }
        return true;
    }
}
