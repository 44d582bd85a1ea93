package io.rpcboot;

import java.time.Instant;

/**
 * What naming knows of an endpoint besides its address. Immutable.
 *
 * @param application name of the application that runs there; empty if unknown
 * @param version version of the services offered; empty if none is set
 * @param group group of the services offered; empty if none is set
 * @param weight share of the calls against other endpoints; 100 is usual, 0 takes none
 * @param zone where it runs; empty if unknown
 * @param tag calls with this tag are for it, and no others; empty for calls without one
 * @param incarnation random number of the process; 0 if unknown
 * @param startedAt when the process started; {@link Instant#EPOCH} if unknown
 * @param status what the endpoint says of itself
 */
public record EndpointAttributes(
        String application,
        String version,
        String group,
        int weight,
        String zone,
        String tag,
        long incarnation,
        Instant startedAt,
        EndpointStatus status) {

    /** Nothing is known: usual weight, ready. */
    public static final EndpointAttributes NONE =
            new EndpointAttributes("", "", "", 100, "", "", 0, Instant.EPOCH, EndpointStatus.READY);

    public EndpointAttributes {
        if (weight < 0) {
            throw new IllegalArgumentException("weight: " + weight + " (expected: 0 or more)");
        }
    }

    public EndpointAttributes withStatus(EndpointStatus changed) {
        return new EndpointAttributes(application, version, group, weight, zone, tag, incarnation, startedAt, changed);
    }
}
