package io.rpcboot.faults.net;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A program that is run to its end. */
final class Command {

    private Command() {}

    /**
     * Runs the program, words separated by single spaces; what it wrote.
     *
     * @throws IOException if it is not there or fails, with what it wrote
     */
    static String run(String words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(words.split(" ")))
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        int exit = process.waitFor();
        if (exit != 0) {
            throw new IOException("'" + words + "' failed with exit code " + exit + ": " + output);
        }
        return output;
    }
}
