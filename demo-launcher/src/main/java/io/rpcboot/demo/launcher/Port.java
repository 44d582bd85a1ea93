package io.rpcboot.demo.launcher;

import java.util.Locale;

/** What the demo listens with, and the number each has where nothing else is said. */
enum Port {
    PAGE(8080),
    RPC_1(8001),
    RPC_2(8002),
    MANAGEMENT_1(8081),
    MANAGEMENT_2(8082),
    ZOOKEEPER(21810),
    DATABASE(21811);

    private final int usual;

    Port(int usual) {
        this.usual = usual;
    }

    /** The number where nothing else is said. */
    int usual() {
        return usual;
    }

    /** How it is chosen on the command line, {@code --page-port}. */
    String option() {
        String name = name().toLowerCase(Locale.ROOT).replace('_', '-');
        return "--" + name.replaceFirst("^([a-z]+)", "$1-port");
    }

    /** How it is chosen by the environment, {@code DEMO_PAGE_PORT}. */
    String variable() {
        return "DEMO_" + name().replaceFirst("^([A-Z]+)", "$1_PORT");
    }
}
