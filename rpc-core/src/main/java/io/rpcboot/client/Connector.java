package io.rpcboot.client;

import io.rpcboot.Endpoint;
import io.rpcboot.transport.ClientConnection;
import java.util.concurrent.CompletableFuture;

/** Opens a connection to an endpoint, by the protocol that is spoken there. Safe for use by many threads. */
@FunctionalInterface
interface Connector {

    CompletableFuture<ClientConnection> connect(Endpoint endpoint);
}
