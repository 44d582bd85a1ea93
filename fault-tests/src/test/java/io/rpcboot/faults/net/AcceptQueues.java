package io.rpcboot.faults.net;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The queues in which Linux keeps connections until they are accepted. */
public final class AcceptQueues {

    private static final Path COUNTERS = Path.of("/proc/net/netstat");
    private static final String GROUP = "TcpExt:";

    private AcceptQueues() {}

    /**
     * How many connections were turned away so far because such a queue was full, of all ports of this machine.
     *
     * @throws UnsupportedMachineException if the machine does not tell
     */
    public static long overflows() throws IOException, UnsupportedMachineException {
        if (!Files.isReadable(COUNTERS)) {
            throw new UnsupportedMachineException(COUNTERS + " is not there (expected: Linux)");
        }
        List<String> group = Files.readAllLines(COUNTERS).stream()
                .filter(line -> line.startsWith(GROUP))
                .toList();
        int index = List.of(group.get(0).split(" ")).indexOf("ListenOverflows");
        return Long.parseLong(group.get(1).split(" ")[index]);
    }
}
