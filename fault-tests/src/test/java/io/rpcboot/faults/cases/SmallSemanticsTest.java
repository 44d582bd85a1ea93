package io.rpcboot.faults.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The cases about what calls mean that are quick and judge no times, for every build. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class SmallSemanticsTest {

    @TempDir
    private Path directory;

    @Test
    void statusesAndMessagesArriveAsTheyWereSent() throws Exception {
        holds(new A2Statuses());
    }

    @Test
    void aFailureSaysRightlyWhetherTheMethodRan() throws Exception {
        holds(new A3FailurePoints(10));
    }

    @Test
    void largeCallIdsAndOldFramesAreUnderstood() throws Exception {
        holds(new A8OldFramesAndLargeIds());
    }

    private void holds(FaultCase one) throws Exception {
        try (Stage stage = Stage.below(directory, one.id())) {
            assertThat(one.run(stage)).allMatch(Figure::passes);
        }
    }
}
