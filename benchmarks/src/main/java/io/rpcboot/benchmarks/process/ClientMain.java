package io.rpcboot.benchmarks.process;

import io.rpcboot.benchmarks.contender.Client;
import io.rpcboot.benchmarks.contender.Contender;
import io.rpcboot.benchmarks.contender.Contenders;
import io.rpcboot.benchmarks.load.Load;
import java.util.ArrayList;
import java.util.List;

/**
 * The client of a contender: its name and the server's port; ready after the first reply. Commands: {@code run} with a load and a time in ns,
 * {@code connect} with a number of further connections, {@code memory}.
 */
public final class ClientMain {

    private static final List<Client> IDLE = new ArrayList<>();

    private ClientMain() {}

    public static void main(String[] args) throws Exception {
        Commands commands = new Commands();
        Contender contender = Contenders.of(args[0]);
        int port = Integer.parseInt(args[1]);
        Client client = contender.connect(port);
        client.login().call();
        commands.serve(words -> answer(contender, port, client, words));
        System.exit(0);
    }

    private static String answer(Contender contender, int port, Client client, List<String> words) throws Exception {
        switch (words.get(0)) {
            case "run" -> {
                return CallsLine.write(Load.parse(words.get(1)).run(client, Long.parseLong(words.get(2))));
            }
            case "connect" -> {
                for (int i = Integer.parseInt(words.get(1)); i > 0; i--) {
                    Client one = contender.connectOneOfMany(port);
                    one.login().call();
                    IDLE.add(one);
                }
                return "connected";
            }
            case "memory" -> {
                return Memory.now().toLine();
            }
            default -> throw new IllegalArgumentException("command " + words);
        }
    }
}
