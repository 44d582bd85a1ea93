package io.rpcboot.naming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rpcboot.Endpoint;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Keeps every list that a resolver pushed, to be waited for. Safe for use by many threads. */
public final class RecordedLists implements Consumer<List<Endpoint>> {

    private static final Duration GENEROUS = Duration.ofSeconds(30);

    private final List<List<Endpoint>> lists = new CopyOnWriteArrayList<>();

    @Override
    public void accept(List<Endpoint> endpoints) {
        lists.add(endpoints);
    }

    /** All lists so far, the oldest first. */
    public List<List<Endpoint>> all() {
        return List.copyOf(lists);
    }

    public List<Endpoint> last() {
        return lists.isEmpty() ? List.of() : lists.get(lists.size() - 1);
    }

    /** The addresses of the newest list. */
    public List<String> addresses() {
        return last().stream().map(Endpoint::address).toList();
    }

    /** Waits until the newest list has exactly these addresses, in any order; with none, until a list was pushed and it is empty. */
    public void awaitAddresses(String... addresses) {
        await().atMost(GENEROUS).untilAsserted(() -> {
            assertThat(lists).isNotEmpty();
            assertThat(addresses()).containsExactlyInAnyOrder(addresses);
        });
    }

    /** Waits until the newest list holds exactly this endpoint, attributes included. */
    public void awaitOnly(Endpoint endpoint) {
        await().atMost(GENEROUS).untilAsserted(() -> assertThat(last()).containsExactly(endpoint));
    }
}
