package io.rpcboot.naming;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcboot.Endpoint;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FixedEndpointsTest {

    private static final Endpoint FIRST = Endpoint.of("10.0.0.1", 8000);
    private static final Endpoint SECOND = Endpoint.of("10.0.0.2", 8000);

    private final RecordedLists lists = new RecordedLists();

    @Test
    void oneListServesAllServices() {
        FixedEndpoints endpoints = FixedEndpoints.of(FIRST, SECOND);

        endpoints.watch("demo.UserService", lists);
        endpoints.watch("demo.FriendService", lists);

        assertThat(lists.all()).containsExactly(List.of(FIRST, SECOND), List.of(FIRST, SECOND));
    }

    @Test
    void eachServiceHasItsOwnList() {
        FixedEndpoints endpoints =
                FixedEndpoints.of(Map.of("demo.UserService", List.of(FIRST), "demo.FriendService", List.of(SECOND)));

        endpoints.watch("demo.FriendService", lists);

        assertThat(lists.all()).containsExactly(List.of(SECOND));
    }

    @Test
    void aServiceWithoutAListRunsNowhere() {
        FixedEndpoints endpoints = FixedEndpoints.of(Map.of("demo.UserService", List.of(FIRST)));

        endpoints.watch("demo.FriendService", lists);

        assertThat(lists.all()).containsExactly(List.of());
    }
}
