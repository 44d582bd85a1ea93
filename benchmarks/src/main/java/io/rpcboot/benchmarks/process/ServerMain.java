package io.rpcboot.benchmarks.process;

import io.rpcboot.benchmarks.contender.Contenders;
import io.rpcboot.benchmarks.load.Usage;
import java.util.List;

/** The server of a contender: its name and a port. Commands: {@code mark}, {@code usage} since then, {@code memory}, {@code profile}. */
public final class ServerMain {

    private static Usage.Meter meter = new Usage.Meter();

    private ServerMain() {}

    public static void main(String[] args) throws Exception {
        Commands commands = new Commands();
        Contenders.of(args[0]).serve(Integer.parseInt(args[1]));
        commands.serve(ServerMain::answer);
        System.exit(0);
    }

    private static String answer(List<String> words) throws Exception {
        switch (words.get(0)) {
            case "mark" -> {
                meter = new Usage.Meter();
                return "marked";
            }
            case "usage" -> {
                return UsageLine.write(meter.sinceThen());
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
