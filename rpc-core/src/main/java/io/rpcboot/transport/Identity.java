package io.rpcboot.transport;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Who this process says it is when a connection opens.
 *
 * @param application name of the application; may be empty
 * @param incarnation random number of this process, not 0
 */
public record Identity(String application, long incarnation) {

    private static final long THIS_PROCESS = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);

    /** This application in this process: the incarnation is the same for all who ask. */
    public static Identity of(String application) {
        return new Identity(application, THIS_PROCESS);
    }
}
