package io.rpcboot.transport;

import io.netty.util.NetUtil;
import io.rpcboot.Endpoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Looks up host names away from the event loops, since the JDK's look-up blocks. Safe for use by many threads. */
final class HostNames implements AutoCloseable {

    private static final int THREADS = 4;

    private final Map<String, CompletableFuture<InetSocketAddress>> underWay = new ConcurrentHashMap<>();
    private final ExecutorService lookups = WorkerThreads.platform(THREADS, "rpc-dns");

    /** The endpoint's socket address: at once for IP literals. The future fails with {@link UnknownHostException}, or when the time is over. */
    CompletableFuture<InetSocketAddress> resolve(Endpoint endpoint, Duration atMost) {
        byte[] literal = NetUtil.createByteArrayFromIpAddressString(endpoint.host());
        if (literal != null) {
            try {
                return CompletableFuture.completedFuture(
                        new InetSocketAddress(InetAddress.getByAddress(literal), endpoint.port()));
            } catch (UnknownHostException e) {
                return CompletableFuture.failedFuture(e);
            }
        }
        CompletableFuture<InetSocketAddress> found = new CompletableFuture<>();
        lookUpOnce(endpoint)
                .copy()
                .orTimeout(atMost.toNanos(), TimeUnit.NANOSECONDS)
                .whenComplete((address, failure) -> {
                    if (failure == null) {
                        found.complete(address);
                    } else {
                        found.completeExceptionally(unknown(endpoint, failure));
                    }
                });
        return found;
    }

    /** Whoever asks while a name is being looked up shares the answer, so that a slow name takes one thread at most. */
    private CompletableFuture<InetSocketAddress> lookUpOnce(Endpoint endpoint) {
        CompletableFuture<InetSocketAddress> fresh = new CompletableFuture<>();
        CompletableFuture<InetSocketAddress> earlier = underWay.putIfAbsent(endpoint.address(), fresh);
        if (earlier != null) {
            return earlier;
        }
        fresh.whenComplete((address, failure) -> underWay.remove(endpoint.address(), fresh));
        try {
            lookups.execute(() -> lookUp(endpoint, fresh));
        } catch (RuntimeException | Error e) {
            fresh.completeExceptionally(e);
        }
        return fresh;
    }

    private static void lookUp(Endpoint endpoint, CompletableFuture<InetSocketAddress> address) {
        try {
            address.complete(new InetSocketAddress(InetAddress.getByName(endpoint.host()), endpoint.port()));
        } catch (UnknownHostException | RuntimeException | Error e) {
            address.completeExceptionally(e);
        }
    }

    private static UnknownHostException unknown(Endpoint endpoint, Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        String what = cause instanceof UnknownHostException
                ? " is not known"
                : cause instanceof TimeoutException ? " was not found in time" : " could not be looked up: " + cause;
        UnknownHostException unknown = new UnknownHostException("host name " + endpoint.host() + what);
        unknown.initCause(cause);
        return unknown;
    }

    @Override
    public void close() {
        lookups.shutdownNow();
    }
}
