package io.rpcboot.benchmarks.contender;

/** A client with one connection to one server. */
public interface Client extends AutoCloseable {

    /** Calls with a small request and a small reply, 41 and 64 bytes. */
    Operation login();

    /** Calls that get back what they send. */
    Operation echo(int payloadBytes);

    @Override
    void close() throws Exception;
}
