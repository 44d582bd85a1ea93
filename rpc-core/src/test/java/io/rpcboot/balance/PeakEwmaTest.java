package io.rpcboot.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeakEwmaTest {

    @ParameterizedTest
    @ValueSource(ints = {20, 300, 3000})
    void equalServersGetEqualShares(int callsPerSecond) {
        Simulation simulation =
                new Simulation(SimulatedServer.warm(1), SimulatedServer.warm(2), SimulatedServer.warm(3));

        simulation.run(20, callsPerSecond);

        assertThat(simulation.share(0)).isCloseTo(1.0 / 3, within(0.08));
        assertThat(simulation.share(1)).isCloseTo(1.0 / 3, within(0.08));
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 1000})
    void aServerThatBecomesSlowLosesItsCallsAndGetsThemBackAfterwards(int callsPerSecond) {
        SimulatedServer slow = SimulatedServer.warm(1);
        Simulation simulation = new Simulation(slow, SimulatedServer.warm(2), SimulatedServer.warm(3));
        simulation.run(10, callsPerSecond);
        slow.latency = at -> 201;
        simulation.run(5, callsPerSecond);
        simulation.forgetCounts();

        simulation.run(20, callsPerSecond);
        double shareWhileSlow = simulation.share(0);
        slow.latency = at -> 1;
        simulation.run(10, callsPerSecond);
        simulation.forgetCounts();
        simulation.run(10, callsPerSecond);

        assertThat(shareWhileSlow).isLessThan(0.01);
        assertThat(simulation.share(0)).isCloseTo(1.0 / 3, within(0.08));
    }

    @Test
    void afterASingleSlowReplyAServerIsBackWithinSeconds() {
        SimulatedServer once = SimulatedServer.warm(1).taking(at -> at >= 5000 && at < 5010 ? 100 : 1);
        Simulation simulation = new Simulation(once, SimulatedServer.warm(2));
        simulation.run(15, 500);
        simulation.forgetCounts();

        simulation.run(5, 500);

        assertThat(simulation.share(0)).isCloseTo(0.5, within(0.08));
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 1000, 20_000})
    void sharesFollowTheWeights(int callsPerSecond) {
        Simulation simulation = new Simulation(
                SimulatedServer.weighing(1, 100), SimulatedServer.weighing(2, 200), SimulatedServer.weighing(3, 100));

        simulation.run(20, callsPerSecond);

        assertThat(simulation.share(0)).isCloseTo(0.25, within(0.06));
        assertThat(simulation.share(1)).isCloseTo(0.5, within(0.06));
    }

    @Test
    void aSmallWeightGetsASmallShare() {
        Simulation simulation = new Simulation(
                SimulatedServer.weighing(1, 1), SimulatedServer.weighing(2, 1000), SimulatedServer.weighing(3, 1000));

        simulation.run(20, 1000);

        assertThat(simulation.share(0)).isBetween(0.0001, 0.01);
    }

    @Test
    void aNewProcessGetsItsShareByAndBy() {
        Simulation simulation =
                new Simulation(SimulatedServer.cold(1), SimulatedServer.warm(2), SimulatedServer.warm(3));

        simulation.run(1, 1000);
        double first = simulation.share(0);
        simulation.run(4, 1000);
        simulation.forgetCounts();
        simulation.run(1, 1000);
        double middle = simulation.share(0);
        simulation.run(4, 1000);
        simulation.forgetCounts();
        simulation.run(10, 1000);

        assertThat(first).isBetween(0.01, 0.1);
        assertThat(middle).isBetween(0.12, 0.28);
        assertThat(simulation.share(0)).isCloseTo(1.0 / 3, within(0.08));
    }

    @Test
    void aColdServerDelaysFewCalls() {
        SimulatedServer cold = SimulatedServer.cold(1).taking(at -> 300 - at / 40);
        Simulation simulation = new Simulation(cold, SimulatedServer.warm(2), SimulatedServer.warm(3));

        simulation.run(10, 1000);

        assertThat(cold.calls).isBetween(3, 100);
    }

    @Test
    void aServerOfUnknownLatencyGetsOneCallAtATime() {
        SimulatedServer unknown = SimulatedServer.warm(1).taking(at -> 400);
        Simulation simulation = new Simulation(unknown, SimulatedServer.warm(2));

        simulation.run(0.3, 1000);

        assertThat(unknown.calls).isEqualTo(1);
    }

    @Test
    void underLoadTheServerWithFewerCallsUnderWayIsTaken() {
        Simulation simulation = new Simulation(
                SimulatedServer.warm(1).taking(at -> 100),
                SimulatedServer.warm(2).taking(at -> 100));
        simulation.run(1, 2000);
        SimulatedServer busy = SimulatedServer.warm(3);
        SimulatedServer idle = SimulatedServer.warm(4);
        busy.load().answered(1_000_000, 0);
        idle.load().answered(1_000_000, 0);
        busy.outstanding = 10;

        LoadBalancer balancer = new PeakEwma(() -> 0, ThreadLocalRandom::current);

        assertThat(balancer.choose(List.of(busy, idle), Calls.ANY)).isSameAs(idle);
        assertThat(simulation.share(0)).isCloseTo(0.5, within(0.03));
    }
}
