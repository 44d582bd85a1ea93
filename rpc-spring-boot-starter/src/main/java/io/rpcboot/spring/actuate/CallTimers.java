package io.rpcboot.spring.actuate;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.rpcboot.RpcMethod;
import io.rpcboot.RpcStatus;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * One timer per method and status, with the tags {@code service}, {@code method} and {@code status}. Made when first needed and then found
 * without building tags, since this happens on every call. Only methods of contracts come here, so the number of series is bounded. Safe
 * for use by many threads.
 */
final class CallTimers {

    private final String name;
    private final String description;
    private final MeterRegistry registry;
    private final Map<RpcMethod, AtomicReferenceArray<Timer>> timers = new ConcurrentHashMap<>();

    CallTimers(String name, String description, MeterRegistry registry) {
        this.name = name;
        this.description = description;
        this.registry = registry;
    }

    void record(RpcMethod method, RpcStatus status, long nanos) {
        AtomicReferenceArray<Timer> byStatus = timers.get(method);
        if (byStatus == null) {
            byStatus = timers.computeIfAbsent(method, one -> new AtomicReferenceArray<>(RpcStatus.values().length));
        }
        Timer timer = byStatus.get(status.code());
        if (timer == null) {
            timer = timer(method, status);
            byStatus.set(status.code(), timer);
        }
        timer.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** The registry gives the same timer for the same tags, whichever thread asks first. */
    private Timer timer(RpcMethod method, RpcStatus status) {
        return Timer.builder(name)
                .description(description)
                .tag("service", method.service())
                .tag("method", method.name())
                .tag("status", status.name())
                .register(registry);
    }
}
