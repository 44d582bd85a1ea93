package io.rpcboot.demo.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** The ports of one run of the demo, all of them free on loopback a moment ago. Immutable. */
final class Ports {

    /** Below the range from which systems take the ports of outgoing connections, so that none of those comes in between. */
    private static final int FREE_FROM = 20_000;

    private static final int FREE_TO = 32_000;
    private static final int ATTEMPTS = 1_000;

    private final Map<Port, Integer> numbers;

    private Ports(Map<Port, Integer> numbers) {
        this.numbers = numbers;
    }

    /**
     * Decides on the ports.
     *
     * @throws DemoException if one that is chosen, or a usual one, is taken; says how to choose others
     */
    static Ports of(Options options) {
        Set<Port> needed = EnumSet.allOf(Port.class);
        if (options.zookeeper().isPresent()) {
            needed.remove(Port.ZOOKEEPER);
        }
        Map<Port, Integer> numbers = new EnumMap<>(Port.class);
        for (Port port : needed) {
            if (options.ports().containsKey(port) || !options.freePorts()) {
                numbers.put(port, options.ports().getOrDefault(port, port.usual()));
            }
        }
        check(numbers);
        for (Port port : needed) {
            numbers.computeIfAbsent(port, missing -> free(Set.copyOf(numbers.values())));
        }
        return new Ports(numbers);
    }

    int of(Port port) {
        Integer number = numbers.get(port);
        if (number == null) {
            throw new IllegalArgumentException("no port is needed for " + port);
        }
        return number;
    }

    private static void check(Map<Port, Integer> numbers) {
        List<String> faults = new ArrayList<>();
        numbers.forEach((port, number) -> {
            if (!isFree(number)) {
                faults.add("port " + number + " is taken; choose another by " + port.option() + "=N");
            }
        });
        if (Set.copyOf(numbers.values()).size() < numbers.size()) {
            faults.add("one port stands for two uses: " + numbers);
        }
        if (!faults.isEmpty()) {
            throw new DemoException(String.join("\n      ", faults) + "\n      (--free-ports takes free ones)");
        }
    }

    private static int free(Set<Integer> others) {
        return new Random()
                .ints(ATTEMPTS, FREE_FROM, FREE_TO)
                .filter(number -> !others.contains(number) && isFree(number))
                .findFirst()
                .orElseThrow(() -> new DemoException("no free port among " + FREE_FROM + ".." + FREE_TO));
    }

    private static boolean isFree(int number) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), number));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
