package io.rpcboot.transport;

import io.netty.util.collection.LongObjectHashMap;
import io.netty.util.collection.LongObjectMap;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one connection that wait for their end, by call id. Starts small and grows with use. Confined to the event loop.
 *
 * @param <T> a call, seen from either side
 */
final class InFlightCalls<T> {

    private final LongObjectMap<T> calls = new LongObjectHashMap<>();

    void put(long id, T call) {
        calls.put(id, call);
    }

    @Nullable
    T get(long id) {
        return calls.get(id);
    }

    @Nullable
    T remove(long id) {
        return calls.remove(id);
    }

    int size() {
        return calls.size();
    }

    boolean isEmpty() {
        return calls.isEmpty();
    }

    /** Shows each call to the action, which must not change the table. */
    void forEach(Consumer<T> action) {
        for (LongObjectMap.PrimitiveEntry<T> entry : calls.entries()) {
            action.accept(entry.value());
        }
    }

    /** Takes out and returns the calls whose id satisfies the condition. */
    List<T> removeIds(LongPredicate condition) {
        List<Long> ids = new ArrayList<>();
        calls.entries().forEach(entry -> {
            if (condition.test(entry.key())) {
                ids.add(entry.key());
            }
        });
        return removeAll(ids);
    }

    /** Takes out and returns the calls that satisfy the condition. */
    List<T> removeIf(Predicate<T> condition) {
        List<Long> ids = new ArrayList<>();
        for (LongObjectMap.PrimitiveEntry<T> entry : calls.entries()) {
            if (condition.test(entry.value())) {
                ids.add(entry.key());
            }
        }
        return removeAll(ids);
    }

    private List<T> removeAll(List<Long> ids) {
        List<T> removed = new ArrayList<>(ids.size());
        for (long id : ids) {
            T call = calls.remove(id);
            if (call != null) {
                removed.add(call);
            }
        }
        return removed;
    }
}
