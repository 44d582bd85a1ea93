package io.rpcboot.spring.autoconfigure;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** Refuses values that can be read but not used, naming the property. */
final class PropertyCheck {

    private PropertyCheck() {}

    static void range(String key, long value, long least, long most) {
        if (value < least || value > most) {
            String expected = most >= Integer.MAX_VALUE ? least + " or more" : least + ".." + most;
            throw new InvalidPropertyException(key, value, expected);
        }
    }

    static void positive(String key, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new InvalidPropertyException(key, text(value), "a duration above zero, for instance 300ms");
        }
    }

    static void notNegative(String key, Duration value) {
        if (value.isNegative()) {
            throw new InvalidPropertyException(key, text(value), "a duration of zero or more, for instance 20s");
        }
    }

    static void atLeast(String key, Duration value, String otherKey, Duration other) {
        if (value.compareTo(other) < 0) {
            throw new InvalidPropertyException(key, text(value), "at least " + otherKey + ", which is " + text(other));
        }
    }

    static void notNegative(String key, double value) {
        if (!(value >= 0)) {
            throw new InvalidPropertyException(key, value, "0 or more");
        }
    }

    static void share(String key, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new InvalidPropertyException(key, value, "a share between 0 and 1, for instance 0.1");
        }
    }

    static void timeout(String key, @Nullable Duration value, Duration longest) {
        if (value != null) {
            positive(key, value);
        }
        if (value != null && value.compareTo(longest) > 0) {
            throw new InvalidPropertyException(
                    key, text(value), "at most rpc.client.max-timeout, which is " + text(longest));
        }
    }

    static void retries(String key, @Nullable Integer value) {
        if (value != null) {
            range(key, value, 0, Integer.MAX_VALUE);
        }
    }

    static void atLeast(String key, Duration value, Duration least) {
        if (value.compareTo(least) < 0) {
            throw new InvalidPropertyException(key, text(value), "at least " + text(least));
        }
    }

    static void path(String key, String value) {
        if (!value.matches("(/[^/\\s]+)+")) {
            throw new InvalidPropertyException(key, "'" + value + "'", "an absolute path such as /rpc");
        }
    }

    static void limits(String prefix, DataSize message, DataSize metadata, DataSize header) {
        range(prefix + ".max-message-size", message.toBytes(), 1, Integer.MAX_VALUE);
        range(prefix + ".max-metadata-size", metadata.toBytes(), 0, Integer.MAX_VALUE);
        range(prefix + ".max-header-size", header.toBytes(), 64, 65535);
    }

    private static String text(Duration value) {
        return value.toMillis() + "ms";
    }
}
