package io.rpcboot.server;

import static io.rpcboot.server.QueueSimulation.MILLI;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused, on a clock that the test moves. */
class CoDelTest {

    private final CoDel delay = new CoDel(20 * MILLI, 100 * MILLI);

    @Test
    void waitsUpToTheTargetAreFine() {
        for (long now = 0; now < 10_000; now += 10) {
            assertThat(delay.refusesTaken(20 * MILLI, 2, 0, true, now * MILLI)).isFalse();
        }

        assertThat(delay.isOverloaded()).isFalse();
    }

    @Test
    void aBurstIsNoOverload() {
        assertThat(delay.refusesTaken(90 * MILLI, 9, 0, true, 0)).isFalse();
        assertThat(delay.refusesTaken(90 * MILLI, 9, 0, true, 99 * MILLI)).isFalse();
        assertThat(delay.refusesTaken(10 * MILLI, 1, 0, true, 100 * MILLI)).isFalse();

        assertThat(delay.refusesTaken(90 * MILLI, 9, 0, true, 150 * MILLI)).isFalse();
    }

    @Test
    void aQueueThatWasEmptyInBetweenIsNotOverloaded() {
        delay.refusesTaken(90 * MILLI, 9, 0, true, 0);
        delay.emptied(1 * MILLI);

        assertThat(delay.refusesTaken(90 * MILLI, 9, 0, true, 10_000 * MILLI)).isFalse();
    }

    @Test
    void waitsAboveTheTargetForAWholeIntervalAreOverload() {
        delay.refusesTaken(30 * MILLI, 2, 0, true, 0);

        assertThat(delay.refusesTaken(50 * MILLI, 4, 0, true, 101 * MILLI)).isTrue();
        assertThat(delay.refusesTaken(40 * MILLI, 3, 0, true, 102 * MILLI)).isFalse();
        assertThat(delay.refusesArrival(3, 0, false, 103 * MILLI)).isTrue();
        assertThat(delay.refusesArrival(1, 0, false, 103 * MILLI)).isFalse();
        assertThat(delay.refusesTaken(10 * MILLI, 1, 9, true, 104 * MILLI)).isTrue();
        assertThat(delay.refusesTaken(10 * MILLI, 1, 1, true, 104 * MILLI)).isFalse();
    }

    @Test
    void aWorkerThatFindsNothingToDoEndsTheOverload() {
        delay.refusesTaken(30 * MILLI, 2, 0, true, 0);
        delay.refusesTaken(30 * MILLI, 2, 0, true, 101 * MILLI);
        assertThat(delay.isOverloaded()).isTrue();

        delay.emptied(110 * MILLI);

        assertThat(delay.isOverloaded()).isFalse();
        assertThat(delay.refusesArrival(1, 50 * MILLI, true, 201 * MILLI)).isFalse();
        assertThat(delay.refusesTaken(50 * MILLI, 9, 0, true, 201 * MILLI)).isFalse();
    }

    @Test
    void soonAfterAnOverloadArrivalsAreStillRefusedByTheWaitTheyWouldHave() {
        delay.refusesTaken(30 * MILLI, 2, 0, true, 0);
        delay.refusesTaken(30 * MILLI, 2, 0, true, 101 * MILLI);
        delay.emptied(110 * MILLI);

        assertThat(delay.refusesArrival(9, 0, true, 115 * MILLI)).isTrue();
        assertThat(delay.refusesArrival(1, 0, true, 115 * MILLI)).isFalse();
        assertThat(delay.refusesArrival(9, 0, true, 2_000 * MILLI)).isFalse();
    }

    @Test
    void asLongAsArrivalsHaveToBeRefusedTheOverloadIsNotOver() {
        delay.refusesTaken(30 * MILLI, 2, 0, true, 0);
        delay.refusesTaken(30 * MILLI, 2, 0, true, 101 * MILLI);
        delay.emptied(110 * MILLI);

        for (long at = 200; at < 10_000; at += 1_000) {
            assertThat(delay.refusesArrival(9, 0, true, at * MILLI)).isTrue();
        }
    }

    @Test
    void soonAfterAnOverloadWaitsAboveTheTargetNeedNotLastAnInterval() {
        delay.refusesTaken(30 * MILLI, 2, 0, true, 0);
        delay.refusesTaken(30 * MILLI, 2, 0, true, 101 * MILLI);
        delay.emptied(110 * MILLI);

        assertThat(delay.refusesTaken(50 * MILLI, 4, 0, true, 120 * MILLI)).isFalse();
        assertThat(delay.refusesTaken(50 * MILLI, 4, 0, true, 141 * MILLI)).isTrue();
    }

    @Test
    void longAfterAnOverloadBurstsPassAgain() {
        delay.refusesTaken(30 * MILLI, 2, 0, true, 0);
        delay.refusesTaken(30 * MILLI, 2, 0, true, 101 * MILLI);
        delay.emptied(110 * MILLI);

        assertThat(delay.refusesTaken(90 * MILLI, 9, 0, true, 2_000 * MILLI)).isFalse();
        assertThat(delay.refusesTaken(90 * MILLI, 9, 0, true, 2_090 * MILLI)).isFalse();
    }

    @Test
    void waitsAreNoOverloadWhileAWorkerIsFree() {
        delay.refusesTaken(90 * MILLI, 9, 0, false, 0);
        delay.refusesArrival(9, 90 * MILLI, false, 50 * MILLI);
        delay.refusesTaken(90 * MILLI, 9, 0, false, 200 * MILLI);

        assertThat(delay.isOverloaded()).isFalse();
    }

    @Test
    void whereAllWorkersHangArrivalsAreRefusedEvenWhenNothingIsLeftInTheQueue() {
        delay.refusesArrival(1, 21 * MILLI, true, 0);
        delay.refusesArrival(1, 122 * MILLI, true, 101 * MILLI);

        assertThat(delay.refusesArrival(0, 0, true, 130 * MILLI)).isTrue();
        assertThat(delay.refusesArrival(0, 0, false, 130 * MILLI)).isFalse();
    }

    @Test
    void underThreefoldOverloadNearlyAllOfTheCapacitySucceeds() {
        QueueSimulation run = overloaded(QueueSimulation.Order.FIFO, 10, false);

        assertThat(run.leastSucceeded(7, 35)).as("%s", run).isGreaterThanOrEqualTo(720);
        assertThat(run.waitMillis(0.99)).as("%s", run).isLessThan(500);
        assertThat(run.refusalMillis(0.99)).as("%s", run).isLessThan(20);
        assertThat(run.tooLate()).as("%s", run).isZero();
        assertThat(run.refused(36, 95)).as("%s", run).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 10, 50, 100})
    void theTimeThatCallsTakeMattersLittle(long workMillis) {
        QueueSimulation run = overloaded(QueueSimulation.Order.FIFO, workMillis, true);

        assertThat(run.succeeded(7, 35) / 28.0).as("%s", run).isGreaterThanOrEqualTo(0.9 * run.capacity());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void takingTheNewestFirstWouldServeNoMoreCalls(boolean randomWork) {
        QueueSimulation oldest = overloaded(QueueSimulation.Order.FIFO, 10, randomWork);
        QueueSimulation newest = overloaded(QueueSimulation.Order.ADAPTIVE_LIFO, 10, randomWork);

        assertThat(oldest.succeeded(7, 35))
                .as("%s, %s", oldest, newest)
                .isGreaterThanOrEqualTo(newest.succeeded(7, 35) * 99 / 100);
        assertThat(oldest.waitMillis(0.99)).as("%s, %s", oldest, newest).isLessThan(40);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void atSeventyPercentOfTheCapacityNothingIsRefused(long seed) {
        QueueSimulation run = new QueueSimulation(seed, QueueSimulation.Order.FIFO, 8, 10, false).offer(0.7, 60);
        QueueSimulation random = new QueueSimulation(seed, QueueSimulation.Order.FIFO, 8, 10, true).offer(0.7, 60);

        assertThat(run.refused(0, 60)).as("%s", run).isZero();
        assertThat(random.refused(0, 60)).as("%s", random).isZero();
    }

    private static QueueSimulation overloaded(QueueSimulation.Order order, long workMillis, boolean randomWork) {
        return new QueueSimulation(1, order, 8, workMillis, randomWork)
                .offer(0.5, 5)
                .offer(3, 30)
                .offer(0.5, 60);
    }
}
