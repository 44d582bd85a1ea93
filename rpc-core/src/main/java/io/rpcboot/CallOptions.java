package io.rpcboot;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one call asks for beyond its request: {@code users.with(o -> o.timeout(Duration.ofMillis(300)))}. Immutable.
 */
public final class CallOptions {

    public static final CallOptions NONE = new CallOptions(null, Metadata.EMPTY, null, null);

    private final @Nullable Duration timeout;
    private final Metadata metadata;
    private final @Nullable String hashKey;
    private final @Nullable String tag;

    private CallOptions(@Nullable Duration timeout, Metadata metadata, @Nullable String hashKey, @Nullable String tag) {
        this.timeout = timeout;
        this.metadata = metadata;
        this.hashKey = hashKey;
        this.tag = tag;
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

    /** Tag of the endpoints that the call is for; null leaves it to configuration. */
    public @Nullable String tag() {
        return tag;
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
        return new CallOptions(value, metadata, hashKey, tag);
    }

    /** These options and one more header. */
    public CallOptions metadata(String key, String text) {
        return new CallOptions(timeout, metadata.with(key, text), hashKey, tag);
    }

    /** These options and more headers. */
    public CallOptions metadata(Metadata more) {
        return new CallOptions(timeout, metadata.with(more), hashKey, tag);
    }

    public CallOptions hashKey(String value) {
        return new CallOptions(timeout, metadata, value, tag);
    }

    /** The call is for endpoints with this tag, or for those without one where it is empty. */
    public CallOptions tag(String value) {
        return new CallOptions(timeout, metadata, hashKey, value);
    }
}
