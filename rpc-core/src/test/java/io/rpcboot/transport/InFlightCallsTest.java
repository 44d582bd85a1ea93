package io.rpcboot.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class InFlightCallsTest {

    private final InFlightCalls<Long> calls = new InFlightCalls<>();

    private void put(long... ids) {
        for (long id : ids) {
            calls.put(id, id);
        }
    }

    @Test
    void eachCallIsFoundUnderItsIdHoweverLarge() {
        long[] ids = {1, 2, 3, Integer.MAX_VALUE, 1L << 31, (1L << 32) + 1, Long.MAX_VALUE};

        put(ids);

        assertThat(LongStream.of(ids))
                .allSatisfy(id -> assertThat(calls.get(id)).isEqualTo(id));
        assertThat(calls.get(4)).isNull();
        assertThat(calls.size()).isEqualTo(ids.length);
    }

    @Test
    void conditionsOnIdsSeeTheIdsThatWerePutIn() {
        put(1, 2, 3, 1L << 40);
        List<Long> seen = new ArrayList<>();

        List<Long> removed = calls.removeIds(id -> {
            seen.add(id);
            return id > 2;
        });

        assertThat(seen).containsExactlyInAnyOrder(1L, 2L, 3L, 1L << 40);
        assertThat(removed).containsExactlyInAnyOrder(3L, 1L << 40);
        assertThat(calls.size()).isEqualTo(2);
    }

    @Test
    void callsOfOneConditionAreTakenOutAndTheOthersStay() {
        put(1, 2, 3, 4);

        assertThat(calls.removeIf(call -> call % 2 == 0)).containsExactlyInAnyOrder(2L, 4L);

        assertThat(calls.get(1)).isEqualTo(1);
        assertThat(calls.get(2)).isNull();
        assertThat(calls.remove(3)).isEqualTo(3);
        assertThat(calls.isEmpty()).isFalse();
    }
}
