package io.rpcboot.transport;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** What tests, those of other modules too, may ask and change inside a client's connection. */
public final class ConnectionInside {

    private ConnectionInside() {}

    /** Whether the connection has no call in its table and no timer that runs for one. */
    public static CompletableFuture<Boolean> isAtRest(ClientConnection connection) {
        return ask(connection, ClientHandler::isAtRest);
    }

    /** Gives the next call at least this id. */
    public static CompletableFuture<Void> skipIdsBefore(ClientConnection connection, long id) {
        return ask(connection, handler -> {
            handler.skipIdsBefore(id);
            return null;
        });
    }

    /** The id of the newest call. */
    public static CompletableFuture<Long> lastId(ClientConnection connection) {
        return ask(connection, ClientHandler::lastId);
    }

    private static <T> CompletableFuture<T> ask(ClientConnection connection, Function<ClientHandler, T> question) {
        return ((MultiplexedConnection) connection).ask(question);
    }
}
