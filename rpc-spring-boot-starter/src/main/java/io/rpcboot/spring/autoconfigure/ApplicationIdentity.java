package io.rpcboot.spring.autoconfigure;

import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Who this process is to others. Immutable.
 *
 * @param name of the application
 * @param incarnation random number of this process
 * @param startedAt when it began
 */
record ApplicationIdentity(String name, long incarnation, Instant startedAt) {

    /** A new incarnation of the application, from now on. */
    static ApplicationIdentity of(String name) {
        return new ApplicationIdentity(name, ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE), Instant.now());
    }
}
