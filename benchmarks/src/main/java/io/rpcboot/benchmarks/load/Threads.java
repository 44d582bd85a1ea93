package io.rpcboot.benchmarks.load;

import java.util.concurrent.ThreadFactory;

/** Threads for callers. */
final class Threads {

    private Threads() {}

    static ThreadFactory platform() {
        return task -> new Thread(task, "caller");
    }

    /** @throws IllegalStateException on a JDK that has none */
    static ThreadFactory virtual() {
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Class<?> type = Class.forName("java.lang.Thread$Builder");
            return (ThreadFactory) type.getMethod("factory").invoke(builder);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("virtual threads need JDK 21 or later", e);
        }
    }
}
