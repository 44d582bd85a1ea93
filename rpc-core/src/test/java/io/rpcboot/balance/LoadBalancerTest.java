package io.rpcboot.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoadBalancerTest {

    private static SimulatedServer busy(int port, int outstanding) {
        SimulatedServer server = SimulatedServer.warm(port);
        server.outstanding = outstanding;
        return server;
    }

    private Map<SimulatedServer, Integer> choices(LoadBalancer balancer, List<SimulatedServer> servers, int calls) {
        Map<SimulatedServer, Integer> choices = new HashMap<>();
        for (int i = 0; i < calls; i++) {
            choices.merge(balancer.choose(servers, Calls.ANY), 1, Integer::sum);
        }
        return choices;
    }

    @Test
    void roundRobinGivesEachTheSameNumber() {
        List<SimulatedServer> servers = List.of(busy(1, 9), busy(2, 0), busy(3, 0));

        assertThat(choices(new RoundRobin(), servers, 300).values()).containsExactly(100, 100, 100);
    }

    @Test
    void roundRobinFollowsTheWeights() {
        SimulatedServer light = SimulatedServer.weighing(1, 100);
        SimulatedServer heavy = SimulatedServer.weighing(2, 300);

        assertThat(choices(new RoundRobin(), List.of(light, heavy), 400))
                .containsEntry(light, 100)
                .containsEntry(heavy, 300);
    }

    @Test
    void roundRobinSpreadsTheTurnsOfAHeavyServer() {
        SimulatedServer heavy = SimulatedServer.weighing(1, 2);
        List<SimulatedServer> servers = List.of(heavy, SimulatedServer.weighing(2, 1), SimulatedServer.weighing(3, 1));
        LoadBalancer balancer = new RoundRobin();

        List<Boolean> turns = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            turns.add(balancer.choose(servers, Calls.ANY) == heavy);
        }

        assertThat(turns).filteredOn(heavies -> heavies).hasSize(4);
        assertThat(String.valueOf(turns)).doesNotContain("false, false, false");
    }

    @Test
    void roundRobinManagesWeightsOfAllSizes() {
        SimulatedServer light = SimulatedServer.weighing(1, 1);
        SimulatedServer heavy = SimulatedServer.weighing(2, Integer.MAX_VALUE);
        SimulatedServer large = SimulatedServer.weighing(3, Integer.MAX_VALUE - 1);

        assertThat(choices(new RoundRobin(), List.of(light, heavy, large), 10_010))
                .satisfies(choices -> {
                    assertThat(choices.get(light)).isBetween(1, 20);
                    assertThat(choices.get(heavy)).isBetween(4900, 5100);
                });
    }

    @Test
    void leastLoadedNeverChoosesTheBusiest() {
        SimulatedServer busiest = busy(1, 100);
        List<SimulatedServer> servers = List.of(busiest, busy(2, 0), busy(3, 1));

        assertThat(choices(new LeastLoaded(), servers, 1000))
                .doesNotContainKey(busiest)
                .hasSize(2);
    }

    @Test
    void leastLoadedSpreadsCallsWhereAllAreIdle() {
        List<SimulatedServer> servers = List.of(busy(1, 0), busy(2, 0), busy(3, 0));

        assertThat(choices(new LeastLoaded(), servers, 3000).values())
                .allSatisfy(n -> assertThat(n).isBetween(800, 1200));
    }

    @Test
    void aSingleEndpointIsChosenByAll() {
        List<SimulatedServer> one = List.of(busy(1, 5));

        assertThat(choices(new RoundRobin(), one, 5)).containsOnlyKeys(one.get(0));
        assertThat(choices(new LeastLoaded(), one, 5)).containsOnlyKeys(one.get(0));
        assertThat(choices(new PeakEwma(), one, 5)).containsOnlyKeys(one.get(0));
        assertThat(choices(new ConsistentHash(), one, 5)).containsOnlyKeys(one.get(0));
    }
}
