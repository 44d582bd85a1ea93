package io.rpcboot.benchmarks.contender;

/** One way to serve and to make calls. */
public interface Contender {

    /** Serves on this port of loopback until it is closed. */
    AutoCloseable serve(int port) throws Exception;

    /** A client of the server on this port. */
    Client connect(int port) throws Exception;

    /** A client like that, of which there will be many, to see what an idle connection costs the server. */
    default Client connectOneOfMany(int port) throws Exception {
        return connect(port);
    }
}
