package io.rpcboot.naming;

import io.rpcboot.EndpointStatus;
import java.time.Duration;

/** Tells a registry that this process offers services. Safe for use by many threads. */
public interface EndpointAnnouncer {

    /**
     * Begins to announce the offer and returns at once; the announcement is kept true in the background until it is closed.
     *
     * @throws IllegalArgumentException if the offer cannot be announced as it is; the message says what to change
     */
    Announcement announce(Offer offer);

    /** An offer that is being announced. Safe for use by many threads. */
    interface Announcement {

        /** Changes what the endpoint says of itself, in the background. */
        void status(EndpointStatus status);

        /** How things stand with the registry. */
        State state();

        /** Takes the offer back. Waits for the registry at most this long, and never fails. */
        void withdraw(Duration atMost);
    }

    /**
     * How an announcement stands.
     *
     * @param standing where it stands
     * @param detail one sentence for people: where it stands, or what is in the way
     */
    record State(Standing standing, String detail) {

        /** Whether the registry shows the offer as it is wanted. */
        public boolean announced() {
            return standing == Standing.ANNOUNCED;
        }
    }

    /** Where an announcement can stand. */
    enum Standing {
        ANNOUNCED,
        /** Not in the registry as it should be; it is being worked on. */
        PENDING,
        /** Another live process has announced the same address, or has the place that is wanted. A person has to change something. */
        CONFLICT,
        /** Another live process has a place that there is once only. It is left to it, and taken when it is free. */
        STANDBY,
        WITHDRAWN
    }
}
