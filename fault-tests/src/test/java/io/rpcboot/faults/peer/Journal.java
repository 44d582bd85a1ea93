package io.rpcboot.faults.peer;

import io.rpcboot.CallContext;
import io.rpcboot.faults.proto.ActRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Where a peer writes down each execution before it answers. An entry is one write to a file opened for appending, so that a kill leaves
 * whole lines, and a restarted peer goes on in the same file. Safe for use by many threads.
 */
public final class Journal implements AutoCloseable {

    private static final String SUFFIX = ".journal";

    private final String peer;
    private final FileChannel file;

    private Journal(String peer, FileChannel file) {
        this.peer = peer;
        this.file = file;
    }

    static Journal open(Path directory, String peer) throws IOException {
        return new Journal(
                peer,
                FileChannel.open(
                        directory.resolve(peer + SUFFIX), StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    }

    void add(long id, int attempt, long startNanos, long leftMillis) {
        ByteBuffer line =
                StandardCharsets.US_ASCII.encode(new JournalEntry(peer, id, attempt, startNanos, leftMillis).line());
        try {
            file.write(line);
        } catch (IOException e) {
            throw new UncheckedIOException("journal of " + peer, e);
        }
    }

    /** Writes down that the current thread begins to run the request; the moment of that. */
    long add(ActRequest request) {
        long start = System.nanoTime();
        CallContext context = Objects.requireNonNull(CallContext.current(), "a handler has a context");
        add(
                request.getId(),
                AttemptOfCall.current(),
                start,
                TimeUnit.NANOSECONDS.toMillis(context.deadline().remainingNanos()));
        return start;
    }

    /** All entries of all peers that kept their journal in the directory. */
    public static List<JournalEntry> readAll(Path directory) throws IOException {
        List<JournalEntry> entries = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(SUFFIX)).toList()) {
                String name = file.getFileName().toString();
                String peer = name.substring(0, name.length() - SUFFIX.length());
                Files.readAllLines(file, StandardCharsets.US_ASCII)
                        .forEach(line -> entries.add(JournalEntry.parse(peer, line)));
            }
        }
        return entries;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
