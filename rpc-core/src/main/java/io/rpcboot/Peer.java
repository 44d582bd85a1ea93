package io.rpcboot;

/**
 * Who is at the other end of a connection, by its address and its own word. Immutable.
 *
 * @param address host and port the connection comes from
 * @param application the application's name, as it says; empty if it says nothing
 * @param incarnation random number of the peer's process; 0 if it says nothing
 */
public record Peer(String address, String application, long incarnation) {

    /** A peer of which only the address is known. */
    public static Peer at(String address) {
        return new Peer(address, "", 0);
    }

    @Override
    public String toString() {
        return application.isEmpty() ? address : application + '@' + address;
    }
}
