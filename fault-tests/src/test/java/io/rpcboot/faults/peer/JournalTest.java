package io.rpcboot.faults.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

    @Test
    void aRestartedPeerGoesOnInItsJournal(@TempDir Path directory) throws Exception {
        try (Journal journal = Journal.open(directory, "peer0")) {
            journal.add(1, 0, 10, 900);
        }
        try (Journal journal = Journal.open(directory, "peer0");
                Journal other = Journal.open(directory, "peer1")) {
            journal.add(2, 1, 20, 800);
            other.add(3, 0, 30, -5);
        }

        assertThat(Journal.readAll(directory))
                .containsExactlyInAnyOrder(
                        new JournalEntry("peer0", 1, 0, 10, 900),
                        new JournalEntry("peer0", 2, 1, 20, 800),
                        new JournalEntry("peer1", 3, 0, 30, -5));
    }
}
