package io.rpcboot.transport;

import java.util.concurrent.TimeUnit;

/**
 * Judges from silence alone whether the peer of a connection lives. While calls wait, silence is soon suspicious; an idle connection is asked
 * now and then, and so is a peer that sends without end, since it in turn judges by what it hears. Time in which this process itself stood
 * still does not count. Confined to the event loop.
 */
final class Liveness {

    /** Looks that are further apart than this were held up by this process, not by the peer. */
    private static final long OWN_PAUSE = TimeUnit.MILLISECONDS.toNanos(150);

    private final long askAfter;
    private final long suspectAfter;
    private final long deadAfter;
    private long askIdleAfter;
    private long silentSince;
    private long lastLook;
    private long lastAsk;
    private boolean busy;
    private boolean asked;

    Liveness(KeepaliveOptions options, long now) {
        askAfter = options.pingAfter().toNanos();
        suspectAfter = options.suspectAfter().toNanos();
        deadAfter = options.closeAfter().toNanos();
        askIdleAfter = options.idlePingAfter().toNanos();
        silentSince = now;
        lastLook = now;
        lastAsk = now;
    }

    /** The peer has said for how long it bears silence: it hears of this side in a third of that. */
    void peerBears(long silenceNanos) {
        askIdleAfter = Math.max(askAfter, Math.min(askIdleAfter, silenceNanos / 3));
    }

    /** A byte came. */
    void heard(long now) {
        silentSince = now;
        asked = false;
    }

    /** Calls begin to wait. What was silence of an idle connection until now is none of the peer's fault. */
    void busySince(long now) {
        if (!busy) {
            busy = true;
            lastLook = now;
            if (asked) {
                // A question that is open already counts from when it was asked, whoever gives up meanwhile.
                silentSince = Math.max(silentSince, lastAsk - askAfter);
            } else {
                // After a long silence the first call is accompanied by a question.
                silentSince = now - silentSince >= askIdleAfter ? now - askAfter : now;
            }
        }
    }

    /** No call waits any more. */
    void idleSince(long now) {
        busy = false;
        lastLook = now;
    }

    /** What to do now. To be asked every few milliseconds while calls wait, and every few seconds otherwise. */
    Verdict look(long now, long expectedInterval) {
        long late = now - lastLook - expectedInterval;
        lastLook = now;
        if (late > OWN_PAUSE) {
            silentSince = Math.min(now, silentSince + late);
            lastAsk = Math.min(now, lastAsk + late);
        }
        long silence = now - silentSince;
        if (busy && silence >= deadAfter || asked && !busy && silence >= askIdleAfter + deadAfter) {
            return Verdict.DEAD;
        }
        if (!asked && (silence >= (busy ? askAfter : askIdleAfter) || now - lastAsk >= askIdleAfter)) {
            asked = true;
            lastAsk = now;
            return Verdict.ASK;
        }
        return busy && silence >= suspectAfter ? Verdict.SUSPECT : Verdict.FINE;
    }

    /** What silence tells. */
    enum Verdict {
        FINE,
        /** Send a PING. */
        ASK,
        /** Send no new calls; what is safe to repeat may go elsewhere. */
        SUSPECT,
        /** Close the connection. */
        DEAD
    }
}
