package io.rpcboot.faults.peer;

import io.rpcboot.faults.net.UnsupportedMachineException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * A wall clock that a peer has for itself and that can be moved while it runs; its monotonic clock stays the machine's. A small library in C
 * that stands before the system's makes it, so there has to be a compiler. Used by one thread.
 */
public final class WallClock {

    private final Path library;
    private final Path offset;

    private WallClock(Path library, Path offset) {
        this.library = library;
        this.offset = offset;
    }

    /**
     * A clock that shows the machine's time.
     *
     * @param directory where the library and the file with the offset are kept
     * @throws UnsupportedMachineException if the library cannot be built here
     */
    public static WallClock of(Path directory, String peer)
            throws IOException, InterruptedException, UnsupportedMachineException {
        Path library = directory.resolve("libwallclock.so");
        if (!Files.exists(library)) {
            build(directory, library);
        }
        WallClock clock = new WallClock(library, directory.resolve(peer + ".clock"));
        clock.shift(Duration.ZERO);
        return clock;
    }

    private static void build(Path directory, Path library)
            throws IOException, InterruptedException, UnsupportedMachineException {
        Path source = directory.resolve("wallclock.c");
        try (InputStream in = Objects.requireNonNull(WallClock.class.getResourceAsStream("/wallclock.c"))) {
            Files.copy(in, source);
        }
        ProcessBuilder compiler = new ProcessBuilder(
                        "cc", "-shared", "-fPIC", "-O2", "-o", library.toString(), source.toString(), "-ldl")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("wallclock.log").toFile());
        try {
            int exit = compiler.start().waitFor();
            if (exit != 0) {
                throw new UnsupportedMachineException("cc could not build the clock: exit code " + exit);
            }
        } catch (IOException e) {
            throw new UnsupportedMachineException("a wall clock of its own needs a C compiler: " + e.getMessage());
        }
    }

    /** From now on the clock differs from the machine's by this much, in whole seconds. */
    public void shift(Duration difference) throws IOException {
        byte[] seconds = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.nativeOrder())
                .putLong(difference.toSeconds())
                .array();
        // In place: the peer has mapped the file.
        try (RandomAccessFile file = new RandomAccessFile(offset.toFile(), "rw")) {
            file.write(seconds);
        }
    }

    /** Where a peer has this clock. */
    public PeerHost host() {
        return new PeerHost(
                PeerHost.LOOPBACK.address(), List.of("env", "LD_PRELOAD=" + library, "WALL_CLOCK=" + offset));
    }
}
