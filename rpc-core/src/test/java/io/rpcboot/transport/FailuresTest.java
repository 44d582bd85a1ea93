package io.rpcboot.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcboot.RpcException;
import io.rpcboot.RpcStatus;
import io.rpcboot.wire.Header;
import org.junit.jupiter.api.Test;

class FailuresTest {

    private static final String ROCKET = "\uD83D\uDE80";

    @Test
    void aLongMessageIsCut() {
        assertThat(sent("x".repeat(Failures.MAX_TEXT + 1))).isEqualTo("x".repeat(Failures.MAX_TEXT));
        assertThat(sent("x".repeat(Failures.MAX_TEXT))).hasSize(Failures.MAX_TEXT);
    }

    @Test
    void aLongMessageIsCutBetweenCharacters() {
        String rockets = ROCKET.repeat(Failures.MAX_TEXT);

        assertThat(sent(rockets)).isEqualTo(ROCKET.repeat(Failures.MAX_TEXT / 2));
        assertThat(sent("x" + rockets)).isEqualTo("x" + ROCKET.repeat(Failures.MAX_TEXT / 2 - 1));
    }

    private static String sent(String description) {
        Header header = new Header();
        Failures.fill(header, RpcException.of(RpcStatus.ABORTED, description).build());
        return header.statusMessage();
    }
}
