package io.rpcboot.balance;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcboot.Cancellation;
import io.rpcboot.Deadline;
import io.rpcboot.Endpoint;
import io.rpcboot.Metadata;
import io.rpcboot.RpcCall;
import io.rpcboot.test.ProbeContract;
import io.rpcboot.test.ProbeService;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoadBalancerTest {

    private final RpcCall call = RpcCall.unary(
            ProbeContract.ECHO,
            ProbeService.text("hi"),
            Metadata.EMPTY,
            Deadline.after(Duration.ofSeconds(1)),
            new Cancellation());

    private record Server(Endpoint endpoint, int outstanding) implements Candidate {
        static Server with(int port, int outstanding) {
            return new Server(Endpoint.of("host", port), outstanding);
        }
    }

    private Map<Server, Integer> choices(LoadBalancer balancer, List<Server> servers, int calls) {
        Map<Server, Integer> choices = new HashMap<>();
        for (int i = 0; i < calls; i++) {
            choices.merge(balancer.choose(servers, call), 1, Integer::sum);
        }
        return choices;
    }

    @Test
    void roundRobinGivesEachTheSameNumber() {
        List<Server> servers = List.of(Server.with(1, 9), Server.with(2, 0), Server.with(3, 0));

        assertThat(choices(new RoundRobin(), servers, 300).values()).containsExactly(100, 100, 100);
    }

    @Test
    void leastLoadedNeverChoosesTheBusiest() {
        Server busiest = Server.with(1, 100);
        List<Server> servers = List.of(busiest, Server.with(2, 0), Server.with(3, 1));

        assertThat(choices(new LeastLoaded(), servers, 1000))
                .doesNotContainKey(busiest)
                .hasSize(2);
    }

    @Test
    void leastLoadedSpreadsCallsWhereAllAreIdle() {
        List<Server> servers = List.of(Server.with(1, 0), Server.with(2, 0), Server.with(3, 0));

        assertThat(choices(new LeastLoaded(), servers, 3000).values())
                .allSatisfy(n -> assertThat(n).isBetween(800, 1200));
    }

    @Test
    void aSingleEndpointIsChosenByAll() {
        List<Server> one = List.of(Server.with(1, 5));

        assertThat(choices(new RoundRobin(), one, 5)).containsOnlyKeys(one.get(0));
        assertThat(choices(new LeastLoaded(), one, 5)).containsOnlyKeys(one.get(0));
    }
}
