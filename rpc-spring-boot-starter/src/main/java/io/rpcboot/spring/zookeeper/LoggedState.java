package io.rpcboot.spring.zookeeper;

import io.rpcboot.naming.EndpointAnnouncer.Standing;
import io.rpcboot.naming.EndpointAnnouncer.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** How an announcement stands in the registry. Each change is logged once, and not at every attempt that ends alike. Written by one thread, read by any. */
final class LoggedState {

    private final Logger log;
    private final Object announced;
    private String last = "";
    private volatile State state;

    /**
     * @param owner on whose behalf it logs
     * @param announced what it is about, for people
     */
    LoggedState(Class<?> owner, Object announced, State first) {
        this.log = LoggerFactory.getLogger(owner);
        this.announced = announced;
        this.state = first;
    }

    State state() {
        return state;
    }

    /** @param now what is logged once: details that differ from one attempt to the next are left out of it */
    void stand(Level level, String now, Standing where, String detail) {
        if (changes(now)) {
            log.atLevel(level).log("{} in the registry: {}", announced, detail);
        }
        state = new State(where, detail);
    }

    /** Nothing is certain for now. */
    void failed(Exception failure, String detail) {
        if (changes("failed " + failure.getClass().getName())) {
            log.warn("{} cannot be kept in the registry; trying again from time to time", announced, failure);
        }
        state = new State(Standing.PENDING, detail + failure);
    }

    private boolean changes(String now) {
        boolean changed = !now.equals(last);
        last = now;
        return changed;
    }
}
