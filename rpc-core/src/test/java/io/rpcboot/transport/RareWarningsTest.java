package io.rpcboot.transport;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.Test;

class RareWarningsTest {

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    private RareWarnings warnings() {
        Logger log = new LoggerContext().getLogger("test");
        lines.start();
        log.addAppender(lines);
        return new RareWarnings(log);
    }

    @Test
    void oneLineASecondIsLogged() {
        RareWarnings warnings = warnings();

        for (int i = 0; i < 100; i++) {
            warnings.closing("10.0.0." + i + ":4", "too many pings");
        }

        assertThat(lines.list)
                .first()
                .extracting(ILoggingEvent::getFormattedMessage)
                .isEqualTo("10.0.0.0:4: closing the connection, too many pings");
        // A slow machine may need more than a second for the loop.
        assertThat(lines.list.size()).isLessThan(20);
    }
}
