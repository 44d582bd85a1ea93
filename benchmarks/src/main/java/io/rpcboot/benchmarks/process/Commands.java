package io.rpcboot.benchmarks.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The child's end of the conversation: a line with a command comes on standard input, a line with its answer goes out on standard output, which
 * nobody else uses. Ends with the process that started this one.
 */
public final class Commands {

    private final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    private final PrintStream out = System.out;

    /** From here on what is printed goes to standard error. */
    public Commands() {
        System.setOut(System.err);
    }

    /** Tells that the process can be used, then answers until there is nobody to ask. */
    public void serve(Answering answering) throws Exception {
        answer("ready");
        for (String line; (line = in.readLine()) != null; ) {
            answer(answering.answer(List.of(line.split(" "))));
        }
    }

    private void answer(String line) throws IOException {
        out.println(line);
        if (out.checkError()) {
            throw new IOException("the process that started this one does not listen any more");
        }
    }

    /** Does what one command says. */
    public interface Answering {
        String answer(List<String> words) throws Exception;
    }
}
