package io.rpcboot.naming;

import io.rpcboot.Endpoint;
import java.util.List;
import java.util.function.Consumer;

/** Finds the endpoints of services and tells of every change. Safe for use by many threads. */
public interface EndpointResolver {

    /**
     * Watches a service. {@code onChange} receives full lists, one at a time and in order: the first as soon as it is known, which may be
     * before this method returns, and again after every change. The list is unmodifiable, holds each address once, may be empty, and also
     * holds endpoints that are not {@code READY}. Never blocks on the network. A resolver that cannot reach its registry says so with an
     * empty list within a second, and at once where that is known already, unless it has an earlier list to keep.
     *
     * @param service full name of the service
     */
    Watch watch(String service, Consumer<List<Endpoint>> onChange);

    /** A watch under way. Closing it ends the calls of the listener, but for one that is running. */
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}
