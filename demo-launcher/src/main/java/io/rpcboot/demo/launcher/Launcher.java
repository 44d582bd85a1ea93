package io.rpcboot.demo.launcher;

import java.util.List;

/** Starts the demo, holds the conversation, and runs until Ctrl-C, or ends at once with {@code --once}. */
public final class Launcher {

    private Launcher() {}

    /** Exits with 0 if all went well, and with 1 and the reason on the error output if not. */
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    private static int run(String[] arguments) {
        try {
            Options options = Options.of(List.of(arguments), System.getenv());
            if (options.help()) {
                System.out.println(Options.usage());
            } else {
                run(options);
            }
            return 0;
        } catch (DemoException e) {
            System.err.println("demo: " + e.getMessage());
        } catch (InterruptedException e) {
            System.err.println("demo: interrupted");
        } catch (RuntimeException e) {
            System.err.println("demo: a fault of the launcher itself");
            e.printStackTrace();
        }
        return 1;
    }

    private static void run(Options options) throws InterruptedException {
        Ports ports = Ports.of(options);
        Home home = Home.find();
        System.setProperty("demo.run", home.run().toString());
        try (Demo demo = new Demo(home, ports)) {
            Runtime.getRuntime().addShutdownHook(new Thread(demo::close, "demo-stop"));
            System.out.println("Starting two demo-user-service and one demo-friend-client; logs in " + home.run());
            demo.start(options.zookeeper());
            printAddresses(demo);
            new Conversation(new Http(demo.address(Port.PAGE)), System.out).hold();
            if (!options.once()) {
                System.out.println("\nRunning until Ctrl-C. The page: " + demo.address(Port.PAGE));
                demo.awaitClose();
            }
        }
        if (options.once()) {
            System.out.println("demo: ok");
        }
    }

    private static void printAddresses(Demo demo) {
        System.out.println("  page and REST          " + demo.address(Port.PAGE));
        System.out.println("  metrics of the client  " + demo.address(Port.PAGE).resolve("actuator/prometheus"));
        System.out.println(
                "  metrics of instance 1  " + demo.address(Port.MANAGEMENT_1).resolve("actuator/prometheus"));
        System.out.println(
                "  metrics of instance 2  " + demo.address(Port.MANAGEMENT_2).resolve("actuator/prometheus"));
    }
}
