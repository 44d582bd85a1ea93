package io.rpcboot.benchmarks.process;

import io.rpcboot.benchmarks.contender.Client;
import io.rpcboot.benchmarks.contender.Contender;
import io.rpcboot.benchmarks.contender.Contenders;
import io.rpcboot.benchmarks.contender.Operation;
import io.rpcboot.benchmarks.contender.SpreadClient;
import io.rpcboot.benchmarks.load.Load;
import java.util.ArrayList;
import java.util.List;

/**
 * The client of a contender: its name and the server's port; ready after the first reply. Commands: {@code run} with a load and a time in ns,
 * {@code run-spread} with the same, over all further connections; {@code connect} with a number of these; {@code memory}, {@code profile}.
 */
public final class ClientMain {

    private static final int FIRST_CALL_ATTEMPTS = 5;
    private static final List<Client> IDLE = new ArrayList<>();

    private ClientMain() {}

    public static void main(String[] args) throws Exception {
        Commands commands = new Commands();
        Contender contender = Contenders.of(args[0]);
        int port = Integer.parseInt(args[1]);
        Client client = contender.connect(port);
        firstCall(client.login());
        commands.serve(words -> answer(contender, port, client, words));
        System.exit(0);
    }

    /** Where many processes start at once, a cold one may take longer than a framework gives a call by default. */
    private static void firstCall(Operation operation) throws Exception {
        for (int attempt = 1; ; attempt++) {
            try {
                operation.call();
                return;
            } catch (Exception e) {
                if (attempt == FIRST_CALL_ATTEMPTS) {
                    throw e;
                }
                System.err.println("The first call failed, it is made again: " + e);
            }
        }
    }

    private static String answer(Contender contender, int port, Client client, List<String> words) throws Exception {
        switch (words.get(0)) {
            case "run" -> {
                return CallsLine.write(Load.parse(words.get(1)).run(client, Long.parseLong(words.get(2))));
            }
            case "run-spread" -> {
                return CallsLine.write(
                        Load.parse(words.get(1)).run(new SpreadClient(IDLE), Long.parseLong(words.get(2))));
            }
            case "connect" -> {
                for (int i = Integer.parseInt(words.get(1)); i > 0; i--) {
                    Client one = contender.connectOneOfMany(port);
                    one.login().call();
                    IDLE.add(one);
                }
                return "connected";
            }
            case "profile" -> {
                return Profiler.answer(words);
            }
            case "memory" -> {
                return Memory.now().toLine();
            }
            default -> throw new IllegalArgumentException("command " + words);
        }
    }
}
