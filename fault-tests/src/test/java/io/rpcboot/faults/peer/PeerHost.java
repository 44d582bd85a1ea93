package io.rpcboot.faults.peer;

import java.util.List;

/**
 * Where a peer runs. Immutable.
 *
 * @param address where it listens and is reached
 * @param command what stands before the command that starts it; empty on this process's own network
 */
public record PeerHost(String address, List<String> command) {

    public static final PeerHost LOOPBACK = new PeerHost("127.0.0.1", List.of());

    public PeerHost {
        command = List.copyOf(command);
    }
}
