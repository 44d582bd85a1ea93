package io.rpcboot.transport;

import java.util.concurrent.TimeUnit;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Looks for an order of events in which a pending call ends otherwise than it must. A few orders are tried in every build;
 * {@code -Dpending-call.scenarios=100 -Dpending-call.orders=10000} searches thoroughly, and in true races too.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class PendingCallRacesTest {

    private static final int SCENARIOS = Integer.getInteger("pending-call.scenarios", 5);
    private static final int ORDERS = Integer.getInteger("pending-call.orders", 100);

    @Test
    void noOrderOfEventsEndsACallWrongly() {
        new ModelCheckingOptions()
                .threads(2)
                .actorsPerThread(4)
                .actorsBefore(1)
                .actorsAfter(1)
                .iterations(SCENARIOS)
                .invocationsPerIteration(ORDERS)
                .sequentialSpecification(PendingCallInOrder.class)
                .check(PendingCallRaces.class);
    }

    @Test
    @EnabledIfSystemProperty(named = "pending-call.scenarios", matches = ".+")
    void noRaceEndsACallWrongly() {
        new StressOptions()
                .threads(2)
                .actorsPerThread(4)
                .actorsBefore(1)
                .actorsAfter(1)
                .iterations(SCENARIOS)
                .invocationsPerIteration(ORDERS)
                .sequentialSpecification(PendingCallInOrder.class)
                .check(PendingCallRaces.class);
    }
}
