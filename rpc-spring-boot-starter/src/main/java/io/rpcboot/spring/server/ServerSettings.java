package io.rpcboot.spring.server;

import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;

/**
 * What a server is built with, besides its services. Immutable.
 *
 * @param application name under which callers see it
 * @param incarnation random number of this process
 * @param address where to listen; port 0 takes a free one
 * @param workers makes the threads that run the services; asked once per start, since the server closes them
 * @param exposeErrorText whether callers see the message of an exception that no mapper knows
 */
public record ServerSettings(
        String application,
        long incarnation,
        InetSocketAddress address,
        Supplier<ExecutorService> workers,
        boolean exposeErrorText) {}
