package io.rpcboot.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EjectionTest {

    private long now = TimeUnit.HOURS.toNanos(1);
    private List<SimulatedServer> servers = servers(3);
    private int changes;
    private final Ejection<SimulatedServer> ejection =
            new Ejection<>(EjectionOptions.DEFAULT, () -> now, () -> 0.5, () -> changes++);

    private @Nullable SimulatedServer probe() {
        return ejection.isProbeDue() ? ejection.probe(server -> true) : null;
    }

    private static List<SimulatedServer> servers(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(SimulatedServer::warm).toList();
    }

    private List<SimulatedServer> kept() {
        return ejection.keep(servers, servers);
    }

    private void ended(SimulatedServer server, Verdict verdict, int times) {
        kept();
        for (int i = 0; i < times; i++) {
            ejection.ended(server, verdict, now, now);
        }
    }

    private void pass(long millis) {
        now += TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /** Lets every probe fail for so long; returns the times of the probes in milliseconds. */
    private List<Long> failProbes(long millis) {
        List<Long> probes = new ArrayList<>();
        for (long at = 0; at <= millis; at++) {
            SimulatedServer probe = probe();
            if (probe != null) {
                probes.add(at);
                ejection.ended(probe, Verdict.FAILS, now, now);
            }
            pass(1);
        }
        return probes;
    }

    @Test
    void fiveFailuresInARowLeaveAnEndpointOut() {
        ended(servers.get(0), Verdict.FAILS, 4);
        List<SimulatedServer> afterFour = kept();
        ended(servers.get(0), Verdict.FAILS, 1);

        assertThat(afterFour).isEqualTo(servers);
        assertThat(kept()).isEqualTo(servers.subList(1, 3));
        assertThat(changes).isOne();
    }

    @Test
    void aSuccessInBetweenStartsTheCountAnew() {
        ended(servers.get(0), Verdict.FAILS, 4);
        ended(servers.get(0), Verdict.WORKS, 1);
        ended(servers.get(0), Verdict.FAILS, 4);

        assertThat(kept()).isEqualTo(servers);
    }

    @Test
    void lessThanFourFifthsOfTwentyCallsLeaveAnEndpointOut() {
        for (int i = 0; i < 6; i++) {
            ended(servers.get(0), Verdict.WORKS, 2);
            ended(servers.get(0), Verdict.FAILS, 1);
        }
        List<SimulatedServer> afterEighteen = kept();
        ended(servers.get(0), Verdict.WORKS, 1);
        ended(servers.get(0), Verdict.FAILS, 1);

        assertThat(afterEighteen).isEqualTo(servers);
        assertThat(kept()).doesNotContain(servers.get(0));
    }

    @Test
    void failuresOfLongAgoAreForgotten() {
        for (int i = 0; i < 4; i++) {
            ended(servers.get(0), Verdict.WORKS, 1);
            ended(servers.get(0), Verdict.FAILS, 4);
            pass(3000);
        }

        assertThat(kept()).doesNotContain(servers.get(0));
        for (int i = 0; i < 8; i++) {
            ended(servers.get(1), Verdict.WORKS, 1);
            ended(servers.get(1), Verdict.FAILS, 3);
            pass(4000);
        }
        assertThat(kept()).contains(servers.get(1));
    }

    @Test
    void refusalsCountOnlyWhenNothingElseComesForASecond() {
        for (int i = 0; i < 30; i++) {
            ended(servers.get(0), Verdict.REFUSES, 20);
            ended(servers.get(0), Verdict.WORKS, 1);
            ended(servers.get(1), Verdict.REFUSES, 20);
            pass(100);
        }

        assertThat(kept()).containsExactly(servers.get(0), servers.get(2));
    }

    @Test
    void whatSaysNothingOfTheEndpointIsNotCounted() {
        ended(servers.get(0), Verdict.UNKNOWN, 100);

        assertThat(kept()).isEqualTo(servers);
    }

    @Test
    void afterASecondOneCallSeesWhetherTheEndpointWorksAgain() {
        SimulatedServer bad = servers.get(0);
        ended(bad, Verdict.FAILS, 5);

        pass(999);
        SimulatedServer early = probe();
        pass(1);
        SimulatedServer due = probe();
        SimulatedServer second = probe();
        ejection.ended(bad, Verdict.WORKS, now, now);

        assertThat(early).isNull();
        assertThat(due).isSameAs(bad);
        assertThat(second).isNull();
        assertThat(kept()).isEqualTo(servers);
        assertThat(probe()).isNull();
    }

    @Test
    void onlyASuitableCallIsAProbe() {
        SimulatedServer bad = servers.get(0);
        ended(bad, Verdict.FAILS, 5);
        pass(1000);

        SimulatedServer unsuitable = ejection.probe(server -> server != bad);

        assertThat(unsuitable).isNull();
        assertThat(probe()).isSameAs(bad);
    }

    @Test
    void whoWantsNoEjectionLeavesNobodyOut() {
        EjectionOptions off = new EjectionOptions(
                false, 1, 0.8, 1, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1), 0.5);
        Ejection<SimulatedServer> never = new Ejection<>(off, () -> now, () -> 0.5, () -> changes++);
        never.keep(servers, servers);

        never.ended(servers.get(0), Verdict.FAILS, now, now);

        assertThat(never.keep(servers, servers)).isEqualTo(servers);
        assertThat(changes).isZero();
    }

    @Test
    void repliesToCallsThatWereSentBeforeSayNothing() {
        SimulatedServer bad = servers.get(0);
        long before = now - 1;
        ended(bad, Verdict.FAILS, 5);

        ejection.ended(bad, Verdict.WORKS, before, now);

        assertThat(kept()).doesNotContain(bad);
    }

    @Test
    void aProbeThatSaysNothingIsFollowedByAnother() {
        ended(servers.get(0), Verdict.FAILS, 5);
        pass(1000);
        SimulatedServer probe = probe();
        ejection.ended(servers.get(0), Verdict.UNKNOWN, now, now);

        assertThat(probe).isNotNull();
        assertThat(probe()).as("not at once").isNull();
        pass(100);
        assertThat(probe()).isSameAs(probe);
    }

    @Test
    void aProbeOfWhichNothingIsHeardIsFollowedByAnother() {
        ended(servers.get(0), Verdict.FAILS, 5);
        pass(1000);
        SimulatedServer probe = probe();
        pass(1000);

        assertThat(probe()).isNotNull().isSameAs(probe);
    }

    @Test
    void probesGetRarerWhileTheyFail() {
        ended(servers.get(0), Verdict.FAILS, 5);

        List<Long> probes = failProbes(200_000);

        assertThat(probes).startsWith(1000L, 3000L, 7000L, 11_000L).endsWith(123_000L, 153_000L, 183_000L);
    }

    @Test
    void anEndpointThatFailsAgainSoonAfterItsReturnStaysOutLonger() {
        SimulatedServer bad = servers.get(0);
        ended(bad, Verdict.FAILS, 5);
        pass(1000);
        probe();
        ejection.ended(bad, Verdict.WORKS, now, now);
        pass(100);
        ended(bad, Verdict.FAILS, 5);

        assertThat(failProbes(5000)).first().isEqualTo(2000L);
    }

    @Test
    void neverMoreThanHalfAreOut() {
        servers = servers(4);

        servers.forEach(server -> ended(server, Verdict.FAILS, 5));

        assertThat(kept()).hasSize(2);
    }

    @Test
    void theLastEndpointIsNeverOut() {
        servers = servers(1);

        ended(servers.get(0), Verdict.FAILS, 100);

        assertThat(kept()).isEqualTo(servers);
    }

    @Test
    void whileFewerThanHalfCouldTakeCallsNoneIsLeftOut() {
        servers = servers(5);
        ended(servers.get(0), Verdict.FAILS, 5);
        List<SimulatedServer> usable = servers.subList(0, 3);

        assertThat(ejection.keep(usable, servers)).isEqualTo(usable);
        assertThat(ejection.keep(usable, servers.subList(0, 4))).doesNotContain(servers.get(0));
    }

    @Test
    void theLastEndpointOfAGroupIsNeverOutHoweverManyThereAreOfOthers() {
        servers.get(0).group = "canary";
        ejection.keep(servers, servers);

        ended(servers.get(0), Verdict.FAILS, 100);

        assertThat(kept()).isEqualTo(servers);
    }

    @Test
    void failuresThatAllShowLeaveNobodyOut() {
        servers = servers(6);
        for (int i = 0; i < 100; i++) {
            servers.forEach(server -> ended(server, Verdict.WORKS, 2));
            servers.forEach(server -> ended(server, Verdict.FAILS, 1));
            pass(10);
        }

        assertThat(kept()).hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void anErringServerLosesItsCallsAndIsBackSoonAfterItsRepair() {
        SimulatedServer bad = SimulatedServer.warm(1);
        Simulation simulation = new Simulation(bad, SimulatedServer.warm(2), SimulatedServer.warm(3));
        simulation.run(5, 1000);
        bad.verdict = Verdict.FAILS;
        simulation.run(1, 1000);
        int failuresAtFirst = simulation.failures;
        simulation.forgetCounts();

        simulation.run(20, 1000);
        int failures = simulation.failures;
        bad.verdict = Verdict.WORKS;
        simulation.run(5, 1000);
        simulation.forgetCounts();
        simulation.run(5, 1000);

        assertThat(failuresAtFirst).isLessThanOrEqualTo(10);
        assertThat(failures).isBetween(1, 8);
        assertThat(simulation.share(0)).isBetween(0.2, 0.45);
    }

    @Test
    void whenAllErrCallsGoOnBeingSentAndSucceedAtOnceAfterTheRepair() {
        SimulatedServer[] all = servers(3).toArray(SimulatedServer[]::new);
        Simulation simulation = new Simulation(all);
        simulation.run(5, 1000);
        for (SimulatedServer one : all) {
            one.verdict = Verdict.FAILS;
        }
        simulation.forgetCounts();
        simulation.run(10, 1000);
        int sent = simulation.total();
        for (SimulatedServer one : all) {
            one.verdict = Verdict.WORKS;
        }
        simulation.run(0.01, 1000);
        simulation.forgetCounts();
        simulation.run(2, 1000);

        assertThat(sent).isEqualTo(10_000);
        assertThat(simulation.failures).isZero();
        assertThat(simulation.total()).isEqualTo(2000);
    }
}
