package io.rpcboot.demo.launcher;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes the commands that start the demo's applications, with the same Java as the launcher's. Immutable. */
final class JavaCommand {

    private final Home home;

    JavaCommand(Home home) {
        this.home = home;
    }

    /** The command for one application with these properties. */
    ProcessBuilder of(String module, Map<String, ?> properties) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Three processes on a small machine: quick to start and small is worth more here than top speed.
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
        command.add("-javaagent:" + home.jar("demo-launcher", "agent") + '='
                + ProcessHandle.current().pid());
        command.addAll(List.of("-jar", home.jar(module, "exec").toString()));
        new TreeMap<>(properties).forEach((key, value) -> command.add("--" + key + '=' + value));
        return new ProcessBuilder(command).directory(home.project().toFile());
    }
}
