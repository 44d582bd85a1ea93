package io.rpcboot.spring.zookeeper;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Lets one log line a minute pass for each subject. For use by one thread. */
final class LogLimit {

    private static final long GAP_NANOS = Duration.ofMinutes(1).toNanos();
    private static final int MAX_SUBJECTS = 10_000;

    private final Map<String, Long> loggedAt = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MAX_SUBJECTS;
        }
    };

    /** Whether a line about the subject may be logged now; if so, the next only after a minute. */
    boolean allows(String subject) {
        long now = System.nanoTime();
        Long last = loggedAt.get(subject);
        if (last != null && now - last < GAP_NANOS) {
            return false;
        }
        loggedAt.put(subject, now);
        return true;
    }
}
