package io.rpcboot.faults.cases;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/** What the framework logs in this process from now on. Safe for use by many threads. */
final class LogLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private final Logger logger = (Logger) LoggerFactory.getLogger("io.rpcboot");
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    private LogLines() {}

    static LogLines collect() {
        LogLines lines = new LogLines();
        lines.start();
        lines.logger.addAppender(lines);
        return lines;
    }

    /** How many lines name the most named of these. */
    long ofTheMostNamed(List<String> names) {
        return names.stream()
                .mapToLong(name ->
                        lines.stream().filter(line -> line.contains(name + ' ')).count())
                .max()
                .orElse(0);
    }

    int count() {
        return lines.size();
    }

    @Override
    protected void append(ILoggingEvent event) {
        lines.add(event.getFormattedMessage());
    }

    @Override
    public void close() {
        logger.detachAppender(this);
    }
}
