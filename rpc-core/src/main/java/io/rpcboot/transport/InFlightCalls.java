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

    /**
     * Ids come one after the other, and so would lie in the table without a gap: to take one out would mean a look at all that follow. Multiplied
     * by an odd number they are spread, and still differ (D. Knuth, The Art of Computer Programming 3, 6.4: Fibonacci hashing).
     */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    /** Of {@link #SPREAD}, modulo 2 to the power of 64. */
    private static final long INVERSE = 0xF1DE83E19937733DL;

    private final LongObjectMap<T> calls = new LongObjectHashMap<>();

    void put(long id, T call) {
        calls.put(id * SPREAD, call);
    }

    @Nullable
    T get(long id) {
        return calls.get(id * SPREAD);
    }

    @Nullable
    T remove(long id) {
        return calls.remove(id * SPREAD);
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
            long id = entry.key() * INVERSE;
            if (condition.test(id)) {
                ids.add(id);
            }
        });
        return removeAll(ids);
    }

    /** Takes out and returns the calls that satisfy the condition. */
    List<T> removeIf(Predicate<T> condition) {
        List<Long> ids = new ArrayList<>();
        for (LongObjectMap.PrimitiveEntry<T> entry : calls.entries()) {
            if (condition.test(entry.value())) {
                ids.add(entry.key() * INVERSE);
            }
        }
        return removeAll(ids);
    }

    private List<T> removeAll(List<Long> ids) {
        List<T> removed = new ArrayList<>(ids.size());
        for (long id : ids) {
            T call = remove(id);
            if (call != null) {
                removed.add(call);
            }
        }
        return removed;
    }
}
