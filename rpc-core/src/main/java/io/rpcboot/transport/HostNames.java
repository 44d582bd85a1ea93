package io.rpcboot.transport;

import io.netty.util.NetUtil;
import io.rpcboot.Endpoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;

/** Looks up host names away from the event loops, since the JDK's look-up blocks. Safe for use by many threads. */
final class HostNames implements AutoCloseable {

    private static final int THREADS = 4;

    private final ExecutorService lookups = WorkerThreads.platform(THREADS, "rpc-dns");

    /** The endpoint's socket address: at once for IP literals. The future fails with {@link UnknownHostException}. */
    CompletableFuture<InetSocketAddress> resolve(Endpoint endpoint) {
        byte[] literal = NetUtil.createByteArrayFromIpAddressString(endpoint.host());
        if (literal != null) {
            try {
                return CompletableFuture.completedFuture(
                        new InetSocketAddress(InetAddress.getByAddress(literal), endpoint.port()));
            } catch (UnknownHostException e) {
                return CompletableFuture.failedFuture(e);
            }
        }
        return CompletableFuture.supplyAsync(() -> lookUp(endpoint), lookups);
    }

    private static InetSocketAddress lookUp(Endpoint endpoint) {
        try {
            return new InetSocketAddress(InetAddress.getByName(endpoint.host()), endpoint.port());
        } catch (UnknownHostException e) {
            UnknownHostException named = new UnknownHostException("host name " + endpoint.host() + " is not known");
            named.initCause(e);
            throw new CompletionException(named);
        }
    }

    @Override
    public void close() {
        lookups.shutdownNow();
    }
}
