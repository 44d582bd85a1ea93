package io.rpcboot.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsistentHashTest {

    private static final int KEYS = 10_000;

    private final ConsistentHash balancer = new ConsistentHash(new RoundRobin());

    private static List<SimulatedServer> servers(int from, int to) {
        List<SimulatedServer> servers = new ArrayList<>();
        for (int port = from; port <= to; port++) {
            servers.add(SimulatedServer.warm(port));
        }
        return servers;
    }

    private Map<String, SimulatedServer> places(LoadBalancer by, List<SimulatedServer> servers) {
        Map<String, SimulatedServer> places = new HashMap<>();
        for (int i = 0; i < KEYS; i++) {
            String key = "user-" + i;
            places.put(key, by.choose(servers, Calls.withKey(key)));
        }
        return places;
    }

    private static long count(Map<String, SimulatedServer> places, SimulatedServer server) {
        return places.values().stream().filter(server::equals).count();
    }

    @Test
    void aKeyStaysWhereItIsInEveryClientAndOrderOfTheList() {
        List<SimulatedServer> servers = servers(1, 7);
        List<SimulatedServer> otherOrder = new ArrayList<>(servers);
        Collections.reverse(otherOrder);

        assertThat(places(balancer, servers))
                .isEqualTo(places(balancer, servers))
                .isEqualTo(places(new ConsistentHash(), otherOrder));
    }

    @Test
    void keysSpreadEvenly() {
        List<SimulatedServer> servers = servers(1, 10);

        Map<String, SimulatedServer> places = places(balancer, servers);

        assertThat(servers)
                .allSatisfy(server -> assertThat(count(places, server)).isBetween(850L, 1150L));
    }

    @Test
    void whenAnEndpointGoesOnlyItsKeysMove() {
        List<SimulatedServer> servers = servers(1, 10);
        SimulatedServer gone = servers.get(3);
        List<SimulatedServer> rest = servers.stream().filter(one -> one != gone).toList();

        Map<String, SimulatedServer> before = places(balancer, servers);
        Map<String, SimulatedServer> after = places(balancer, rest);

        assertThat(before).allSatisfy((key, server) -> {
            if (server != gone) {
                assertThat(after.get(key)).isSameAs(server);
            }
        });
        assertThat(count(after, gone)).isZero();
    }

    @Test
    void aNewEndpointTakesKeysFromAllAndNoOthersMove() {
        List<SimulatedServer> servers = servers(1, 10);
        List<SimulatedServer> before = servers.subList(0, 9);
        SimulatedServer added = servers.get(9);

        Map<String, SimulatedServer> old = places(balancer, before);
        Map<String, SimulatedServer> now = places(balancer, servers);

        assertThat(now).allSatisfy((key, server) -> assertThat(server).isIn(old.get(key), added));
        assertThat(count(now, added)).isBetween(850L, 1150L);
    }

    @Test
    void keysFollowTheWeights() {
        SimulatedServer heavy = SimulatedServer.weighing(1, 300);
        List<SimulatedServer> servers = List.of(heavy, SimulatedServer.warm(2));

        assertThat(count(places(balancer, servers), heavy)).isBetween(7200L, 7800L);
    }

    @Test
    void aCallWithoutAKeyIsLeftToTheOtherBalancer() {
        List<SimulatedServer> servers = servers(1, 2);

        SimulatedServer one = balancer.choose(servers, Calls.ANY);
        SimulatedServer next = balancer.choose(servers, Calls.ANY);

        assertThat(next).isNotSameAs(one);
    }
}
