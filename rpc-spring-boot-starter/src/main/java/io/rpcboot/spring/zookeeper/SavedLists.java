package io.rpcboot.spring.zookeeper;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rpcboot.Endpoint;
import io.rpcboot.EndpointStatus;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last lists on disk, one file per service, for a start without ZooKeeper. Trouble with them is logged and hurts nobody. Lives on the
 * resolver's thread.
 */
public final class SavedLists {

    /** Some ten thousand endpoints. */
    private static final int MAX_BYTES = 16 * 1024 * 1024;

    private static final Logger log = LoggerFactory.getLogger(SavedLists.class);

    private final @Nullable Path directory;
    private boolean warned;

    private SavedLists(@Nullable Path directory) {
        this.directory = directory;
    }

    /** Saves nothing. */
    public static SavedLists none() {
        return new SavedLists(null);
    }

    /** Saves in this directory, which is made when the first list is saved. */
    public static SavedLists in(Path directory) {
        return new SavedLists(directory);
    }

    /** Saves the list in place of the last one. An empty one is of no use later, nor is an endpoint that is stopping. */
    void save(SavedListText form, List<Endpoint> endpoints) {
        List<Endpoint> lasting = endpoints.stream()
                .filter(endpoint -> endpoint.attributes().status() != EndpointStatus.DRAINING)
                .toList();
        if (directory == null || lasting.isEmpty()) {
            return;
        }
        try {
            byte[] content = form.write(lasting, Instant.now().truncatedTo(ChronoUnit.MILLIS))
                    .getBytes(UTF_8);
            if (content.length > MAX_BYTES) {
                throw new IOException(content.length + " bytes (expected: at most " + MAX_BYTES + ")");
            }
            replace(Files.createDirectories(directory), file(directory, form), content);
        } catch (IOException e) {
            warnOnce(form, e);
        }
    }

    private static void replace(Path directory, Path file, byte[] content) throws IOException {
        Path written = Files.createTempFile(directory, "", ".tmp");
        try {
            Files.write(written, content);
            move(written, file);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            log.trace("Half a list is found out by its count of endpoints", e);
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private void warnOnce(SavedListText form, IOException e) {
        if (!warned) {
            warned = true;
            log.warn(
                    "The endpoints of {} cannot be saved in {}: {}. Calls are not affected",
                    form.service(),
                    directory,
                    e.toString());
        }
    }

    /** The last list that was saved; empty if there is none that can be trusted. */
    Optional<SavedList> read(SavedListText form) {
        if (directory == null || !Files.isRegularFile(file(directory, form))) {
            return Optional.empty();
        }
        try {
            return Optional.of(form.read(content(file(directory, form))));
        } catch (IOException | BadNodeException e) {
            log.warn("The saved endpoints of {} in {} are not used: {}", form.service(), directory, e.getMessage());
            return Optional.empty();
        }
    }

    private static String content(Path file) throws IOException {
        try (InputStream input = Files.newInputStream(file)) {
            byte[] content = input.readNBytes(MAX_BYTES + 1);
            if (content.length > MAX_BYTES) {
                throw new IOException("too large (expected: at most " + MAX_BYTES + " bytes)");
            }
            return new String(content, UTF_8);
        }
    }

    private static Path file(Path directory, SavedListText form) {
        return directory.resolve(form.service() + ".endpoints");
    }
}
