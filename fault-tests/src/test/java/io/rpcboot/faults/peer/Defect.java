package io.rpcboot.faults.peer;

import io.rpcboot.Outcome;
import io.rpcboot.RpcException;
import io.rpcboot.RpcStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Makes the handlers of a peer fail from its beginning to its end: a file that the peer looks for. Its calls fail with UNAVAILABLE. Immutable.
 */
public final class Defect {

    private final Path mark;
    private final Path uncertainMark;

    private Defect(Path mark, Path uncertainMark) {
        this.mark = mark;
        this.uncertainMark = uncertainMark;
    }

    /** The defect of a peer that keeps its journal in the directory. */
    public static Defect of(Path directory, String peer) {
        return new Defect(directory.resolve(peer + ".defect"), directory.resolve(peer + ".uncertain"));
    }

    /** From now on calls fail, and callers are told that they ran. */
    public void begin() throws IOException {
        Files.createFile(mark);
    }

    /** From now on calls fail, and callers are told that they may have run: idempotent ones are worth a retry. */
    public void beginUncertain() throws IOException {
        Files.createFile(uncertainMark);
    }

    public void end() throws IOException {
        Files.deleteIfExists(mark);
        Files.deleteIfExists(uncertainMark);
    }

    /** Fails while there is a defect. */
    void check() {
        if (Files.exists(mark)) {
            throw new RpcException(RpcStatus.UNAVAILABLE, mark + " is there");
        }
        if (Files.exists(uncertainMark)) {
            throw RpcException.of(RpcStatus.UNAVAILABLE, uncertainMark + " is there")
                    .outcome(Outcome.MAY_HAVE_RUN)
                    .build();
        }
    }
}
