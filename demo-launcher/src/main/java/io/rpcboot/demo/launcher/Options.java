package io.rpcboot.demo.launcher;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the person who starts the demo asks for. Immutable.
 *
 * @param help only say which options there are
 * @param once stop after the conversation
 * @param freePorts take free ports where none is chosen
 * @param ports the ports chosen
 * @param zookeeper an existing ZooKeeper, {@code host:port}; empty starts one
 */
record Options(boolean help, boolean once, boolean freePorts, Map<Port, Integer> ports, Optional<String> zookeeper) {

    /**
     * Reads the command line, which wins, and the environment.
     *
     * @throws DemoException if an option is unknown or a port is none
     */
    static Options of(List<String> arguments, Map<String, String> environment) {
        Map<Port, Integer> ports = portsOf(environment);
        boolean help = false;
        boolean once = false;
        boolean freePorts = false;
        for (String argument : arguments) {
            switch (argument) {
                case "--help", "-h" -> help = true;
                case "--once" -> once = true;
                case "--free-ports" -> freePorts = true;
                default -> readPort(argument, ports);
            }
        }
        Optional<String> zookeeper =
                Optional.ofNullable(environment.get("ZOOKEEPER")).filter(text -> !text.isBlank());
        return new Options(help, once, freePorts || once, Map.copyOf(ports), zookeeper);
    }

    private static Map<Port, Integer> portsOf(Map<String, String> environment) {
        Map<Port, Integer> ports = new EnumMap<>(Port.class);
        for (Port port : Port.values()) {
            String value = environment.get(port.variable());
            if (value != null && !value.isBlank()) {
                ports.put(port, number(port.variable(), value));
            }
        }
        return ports;
    }

    private static void readPort(String argument, Map<Port, Integer> ports) {
        for (Port port : Port.values()) {
            String prefix = port.option() + '=';
            if (argument.startsWith(prefix)) {
                ports.put(port, number(port.option(), argument.substring(prefix.length())));
                return;
            }
        }
        throw new DemoException("unknown option: " + argument + " (--help names all)");
    }

    private static int number(String name, String value) {
        if (value.matches("\\d{1,5}")) {
            int number = Integer.parseInt(value);
            if (number >= 1 && number <= 65535) {
                return number;
            }
        }
        throw new DemoException(name + ": " + value + " (expected: a port, 1..65535)");
    }

    /** All options, for the screen. */
    static String usage() {
        StringBuilder text = new StringBuilder("""
                Usage: ./demo.sh [option...]

                Starts ZooKeeper, two instances of demo-user-service and a demo-friend-client, holds one conversation
                with them, and runs until Ctrl-C.

                  --once                     stop after the conversation: exit code 0 if every answer was right;
                                             takes free ports where none is chosen
                  --free-ports               take free ports where none is chosen
                """);
        for (Port port : Port.values()) {
            text.append("  %-25s  a port; usually %d; also by %s%n"
                    .formatted(port.option() + "=N", port.usual(), port.variable()));
        }
        return text.append("\nZOOKEEPER=host:port in the environment uses an existing ZooKeeper.")
                .toString();
    }
}
