package io.rpcboot.benchmarks.load;

import io.rpcboot.benchmarks.contender.Client;
import io.rpcboot.benchmarks.contender.Operation;
import java.util.Locale;

/**
 * Which calls are made, and how.
 *
 * @param operation {@code login}, or {@code echo} with a size such as {@code echo64k}
 * @param shape how the calls follow each other
 * @param width calls in flight, threads, or calls per second
 */
public record Load(String operation, Shape shape, int width) {

    private static final String ECHO = "echo";

    /** How calls follow each other. */
    public enum Shape {
        /** So many in flight, each next one made when one ends. */
        ASYNC,
        /** So many platform threads that call and wait. */
        BLOCK,
        /** So many virtual threads that call and wait. */
        VBLOCK,
        /** So many a second on a schedule, whether or not earlier ones have ended. */
        OPEN
    }

    /**
     * Reads a load such as {@code login:async:16}.
     *
     * @throws IllegalArgumentException if it is not one
     */
    public static Load parse(String text) {
        String[] parts = text.split(":");
        try {
            Load load =
                    new Load(parts[0], Shape.valueOf(parts[1].toUpperCase(Locale.ROOT)), Integer.parseInt(parts[2]));
            if (parts.length == 3 && load.width > 0) {
                load.payloadBytes();
                return load;
            }
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw new IllegalArgumentException(unreadable(text), e);
        }
        throw new IllegalArgumentException(unreadable(text));
    }

    private static String unreadable(String text) {
        return "load " + text + " (expected for instance login:async:16, login:block:32, login:vblock:128,"
                + " login:open:5000 or echo64k:async:16)";
    }

    public boolean needsVirtualThreads() {
        return shape == Shape.VBLOCK;
    }

    Operation operationOf(Client client) {
        return operation.startsWith(ECHO) ? client.echo(payloadBytes()) : client.login();
    }

    private int payloadBytes() {
        if (operation.equals("login")) {
            return 0;
        }
        String size = operation.startsWith(ECHO) ? operation.substring(ECHO.length()) : "";
        return size.endsWith("k")
                ? 1024 * Integer.parseInt(size.substring(0, size.length() - 1))
                : Integer.parseInt(size);
    }

    /** Makes calls for this time, and waits for the last of them. */
    public Calls run(Client client, long nanos) throws InterruptedException {
        Operation calls = operationOf(client);
        return switch (shape) {
            case ASYNC -> AsyncLoop.run(calls, width, nanos);
            case BLOCK -> BlockingCallers.run(calls, width, nanos, Threads.platform());
            case VBLOCK -> BlockingCallers.run(calls, width, nanos, Threads.virtual());
            case OPEN -> OpenLoop.run(calls, width, nanos);
        };
    }

    @Override
    public String toString() {
        return operation + ':' + shape.name().toLowerCase(Locale.ROOT) + ':' + width;
    }
}
