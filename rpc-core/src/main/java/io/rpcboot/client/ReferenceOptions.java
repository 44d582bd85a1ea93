package io.rpcboot.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one place of use asks for; what is configured for the service or the method goes before. Immutable.
 *
 * @param timeout time for a call; null leaves it to the client
 */
public record ReferenceOptions(@Nullable Duration timeout) {

    public static final ReferenceOptions NONE = new ReferenceOptions(null);
}
