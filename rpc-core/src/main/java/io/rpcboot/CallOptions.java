package io.rpcboot;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one call asks for beyond its request: {@code users.with(o -> o.timeout(Duration.ofMillis(300)))}. Immutable.
 */
public final class CallOptions {

    public static final CallOptions NONE = new CallOptions(null, Metadata.EMPTY, null);

    private final @Nullable Duration timeout;
    private final Metadata metadata;
    private final @Nullable String hashKey;

    private CallOptions(@Nullable Duration timeout, Metadata metadata, @Nullable String hashKey) {
        this.timeout = timeout;
        this.metadata = metadata;
        this.hashKey = hashKey;
    }

    /** Time the call may take, retries included; null leaves it to configuration. */
    public @Nullable Duration timeout() {
        return timeout;
    }

    /** Headers added to the call. */
    public Metadata metadata() {
        return metadata;
    }

    /** Calls with equal keys go to the same endpoint where the balancer hashes; null for none. */
    public @Nullable String hashKey() {
        return hashKey;
    }

    /**
     * These options with a timeout.
     *
     * @throws IllegalArgumentException unless the timeout is above zero
     */
    public CallOptions timeout(Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException("timeout: " + value + " (expected: more than zero)");
        }
        return new CallOptions(value, metadata, hashKey);
    }

    /** These options and one more header. */
    public CallOptions metadata(String key, String text) {
        return new CallOptions(timeout, metadata.with(key, text), hashKey);
    }

    /** These options and more headers. */
    public CallOptions metadata(Metadata more) {
        return new CallOptions(timeout, metadata.with(more), hashKey);
    }

    public CallOptions hashKey(String value) {
        return new CallOptions(timeout, metadata, value);
    }
}
