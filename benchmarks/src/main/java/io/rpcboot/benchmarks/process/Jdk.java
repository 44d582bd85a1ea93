package io.rpcboot.benchmarks.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * A JDK that contenders run on.
 *
 * @param java its launcher
 * @param version its feature release, such as 17
 */
public record Jdk(Path java, int version) {

    /** The one that runs this process. */
    public static Jdk current() {
        return new Jdk(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                Runtime.version().feature());
    }

    /** @throws IOException if there is no JDK at this place */
    public static Jdk at(Path home) throws IOException {
        Properties release = new Properties();
        try (InputStream in = Files.newInputStream(home.resolve("release"))) {
            release.load(in);
        }
        String version = release.getProperty("JAVA_VERSION", "").replace("\"", "");
        return new Jdk(
                home.resolve("bin").resolve("java"),
                Runtime.Version.parse(version).feature());
    }
}
