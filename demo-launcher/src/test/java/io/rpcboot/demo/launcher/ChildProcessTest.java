package io.rpcboot.demo.launcher;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {

    private static final URI NOBODY = URI.create("http://127.0.0.1:1/");

    @TempDir
    private Path directory;

    @Test
    void aProcessThatFailsShowsTheEndOfItsLog() {
        ProcessBuilder command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "no.such.Application");

        try (ChildProcess child = ChildProcess.start("broken", command, directory.resolve("broken.log"))) {
            assertThatExceptionOfType(DemoException.class)
                    .isThrownBy(() -> child.awaitHealth(NOBODY, Duration.ofMinutes(2)))
                    .withMessageContaining("broken ended with exit code 1")
                    .withMessageContaining("no.such.Application");
        }
    }

    @Test
    void aProcessThatCannotBeStartedIsNamed() {
        ProcessBuilder command = new ProcessBuilder(directory.resolve("absent").toString());

        assertThatExceptionOfType(DemoException.class)
                .isThrownBy(() -> ChildProcess.start("broken", command, directory.resolve("broken.log")))
                .withMessageStartingWith("cannot start broken");
    }
}
