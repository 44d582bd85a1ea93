package io.rpcboot.demo.launcher;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the project lies, and the files of one run. Immutable.
 *
 * @param project the directory that holds the modules
 * @param run a directory of this run alone, for logs and data
 */
record Home(Path project, Path run) {

    /** Finds the project from the launcher's own jar, or takes the working directory if it was not started from one. */
    static Home find() {
        String classPath = System.getProperty("java.class.path", "");
        boolean jar = classPath.endsWith(".jar") && !classPath.contains(File.pathSeparator);
        Path project =
                Path.of(jar ? classPath + "/../../.." : "").toAbsolutePath().normalize();
        return new Home(
                project,
                create(project.resolve(
                        "demo-launcher/target/demo/" + ProcessHandle.current().pid())));
    }

    private static Path create(Path directory) {
        try {
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new DemoException("cannot create " + directory, e);
        }
    }

    /**
     * A jar that the build has made.
     *
     * @throws DemoException if it is not there
     */
    Path jar(String module, String classifier) {
        Path jar = project.resolve(module).resolve("target").resolve(module + '-' + classifier + ".jar");
        if (!Files.isRegularFile(jar)) {
            throw new DemoException("not built: " + jar + " (./demo.sh builds it, or: mvn -DskipTests package)");
        }
        return jar;
    }
}
