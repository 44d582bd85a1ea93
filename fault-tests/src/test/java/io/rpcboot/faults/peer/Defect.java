package io.rpcboot.faults.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes the handlers of a peer fail from its beginning to its end: a file that the peer looks for. Immutable. */
public final class Defect {

    private final Path mark;

    private Defect(Path mark) {
        this.mark = mark;
    }

    /** The defect of a peer that keeps its journal in the directory. */
    public static Defect of(Path directory, String peer) {
        return new Defect(directory.resolve(peer + ".defect"));
    }

    public void begin() throws IOException {
        Files.createFile(mark);
    }

    public void end() throws IOException {
        Files.delete(mark);
    }

    boolean present() {
        return Files.exists(mark);
    }
}
