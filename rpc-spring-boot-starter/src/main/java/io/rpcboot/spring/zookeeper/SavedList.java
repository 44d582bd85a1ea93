package io.rpcboot.spring.zookeeper;

import io.rpcboot.Endpoint;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * The endpoints of a service as they were told at some time. Immutable.
 *
 * @param savedAt when they were told
 * @param endpoints ordered by address
 */
record SavedList(Instant savedAt, List<Endpoint> endpoints) {

    SavedList {
        endpoints = List.copyOf(endpoints);
    }

    /** For people; a clock that was set back makes it no younger than new. */
    Duration age() {
        Duration age = Duration.between(savedAt, Instant.now()).truncatedTo(ChronoUnit.SECONDS);
        return age.isNegative() ? Duration.ZERO : age;
    }
}
