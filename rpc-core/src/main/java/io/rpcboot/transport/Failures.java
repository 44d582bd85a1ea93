package io.rpcboot.transport;

import io.rpcboot.RpcException;
import io.rpcboot.wire.Header;
import java.time.Duration;

/** Puts a failure into the header of a reply. */
final class Failures {

    /** Characters of a message that are sent. */
    static final int MAX_TEXT = 2048;

    private Failures() {}

    static void fill(Header header, RpcException failure) {
        String text = failure.description();
        header.status(failure.status().code())
                .reason(failure.reason().number())
                .outcome(failure.outcome().number())
                .statusMessage(cut(text))
                .details(failure.details());
        Duration retryAfter = failure.retryAfter();
        if (retryAfter != null) {
            header.retryAfterMs((int) Math.max(-1, Math.min(Integer.MAX_VALUE, retryAfter.toMillis())));
        }
    }

    private static String cut(String text) {
        if (text.length() <= MAX_TEXT) {
            return text;
        }
        // Half a character would arrive as another one.
        return text.substring(0, Character.isHighSurrogate(text.charAt(MAX_TEXT - 1)) ? MAX_TEXT - 1 : MAX_TEXT);
    }
}
