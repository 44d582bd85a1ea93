package io.rpcboot.spring.autoconfigure;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.env.Environment;

/** Warns of a grace period that Spring will not wait for, so that calls would be cut off although they were promised to finish. */
final class GracePeriodCheck {

    private static final Logger log = LoggerFactory.getLogger(GracePeriodCheck.class);

    private static final String SPRING_LIMIT = "spring.lifecycle.timeout-per-shutdown-phase";

    private GracePeriodCheck() {}

    static void warn(Duration gracePeriod, Environment environment) {
        Duration limit = DurationStyle.detectAndParse(environment.getProperty(SPRING_LIMIT, "30s"));
        if (gracePeriod.compareTo(limit) > 0) {
            log.warn(
                    "rpc.server.shutdown.grace-period is {}s, but Spring goes on with the shutdown after {}s; raise {}",
                    gracePeriod.toSeconds(),
                    limit.toSeconds(),
                    SPRING_LIMIT);
        }
    }
}
