package io.rpcboot.transport;

import java.time.Duration;

/**
 * How long a server bears with a caller; after that it closes the connection. Immutable.
 *
 * @param firstFrame time from the opening of a connection to the end of its first frame
 * @param frame time from the first byte of a frame to its last; frames that come at {@code frameBytesPerSecond} may take longer
 * @param frameBytesPerSecond how fast a frame that takes longer has to come, on the average
 * @param silence how long nothing at all may come; callers that are well ask for a sign of life more often than that
 * @param unwritable how long replies may stay unread; nothing is read from the caller meanwhile
 */
public record ServerTimeouts(
        Duration firstFrame, Duration frame, long frameBytesPerSecond, Duration silence, Duration unwritable) {

    public static final ServerTimeouts DEFAULT = new ServerTimeouts(
            Duration.ofSeconds(3), Duration.ofSeconds(10), 16 << 10, Duration.ofSeconds(30), Duration.ofSeconds(10));

    public ServerTimeouts {
        check("firstFrame", firstFrame);
        check("frame", frame);
        if (frameBytesPerSecond < 1) {
            throw new IllegalArgumentException(
                    "frameBytesPerSecond: " + frameBytesPerSecond + " (expected: 1 or more)");
        }
        check("silence", silence);
        check("unwritable", unwritable);
    }

    private static void check(String name, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: more than zero)");
        }
    }

    public ServerTimeouts withFirstFrame(Duration value) {
        return new ServerTimeouts(value, frame, frameBytesPerSecond, silence, unwritable);
    }

    public ServerTimeouts withFrame(Duration value) {
        return new ServerTimeouts(firstFrame, value, frameBytesPerSecond, silence, unwritable);
    }

    public ServerTimeouts withFrameBytesPerSecond(long value) {
        return new ServerTimeouts(firstFrame, frame, value, silence, unwritable);
    }

    public ServerTimeouts withSilence(Duration value) {
        return new ServerTimeouts(firstFrame, frame, frameBytesPerSecond, value, unwritable);
    }

    public ServerTimeouts withUnwritable(Duration value) {
        return new ServerTimeouts(firstFrame, frame, frameBytesPerSecond, silence, value);
    }
}
