package io.rpcboot.demo.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunningPartsTest {

    private final RunningParts parts = new RunningParts();
    private final List<String> stopped = new ArrayList<>();

    @Test
    void partsStopInTheReverseOrderAndOnce() {
        parts.add(part("zookeeper"));
        parts.add(part("client"));

        parts.close();
        parts.close();

        assertThat(stopped).containsExactly("client", "zookeeper");
    }

    @Test
    void aPartThatDoesNotStopKeepsNoOtherFromStopping() {
        parts.add(part("zookeeper"));
        parts.add(() -> {
            throw new IllegalStateException("stuck");
        });

        parts.close();

        assertThat(stopped).containsExactly("zookeeper");
    }

    @Test
    void aPartThatStartsTooLateIsStoppedAtOnce() {
        parts.close();

        parts.add(part("client"));

        assertThat(stopped).containsExactly("client");
    }

    private AutoCloseable part(String name) {
        return () -> stopped.add(name);
    }
}
