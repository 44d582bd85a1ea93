package io.rpcboot.transport;

/**
 * Counts the bytes of one connection's requests that are admitted but unanswered, against its own limit and that of all connections. Confined
 * to the event loop.
 */
final class RequestBytes {

    /** What a call costs besides its body: its objects, its place in tables and queues. */
    static final int PER_CALL = 512;

    private final long most;
    private final ByteBudget all;
    private long taken;

    RequestBytes(long most, ByteBudget all) {
        this.most = most;
        this.all = all;
    }

    /** Charges the call, or says false. */
    boolean charge(IncomingCall call, int bytes) {
        if (!take(bytes)) {
            return false;
        }
        call.addCharge(bytes);
        return true;
    }

    /** Takes bytes for a call that is not there yet. */
    boolean take(int bytes) {
        if (taken + bytes > most || !all.take(bytes)) {
            return false;
        }
        taken += bytes;
        return true;
    }

    /** The call has its answer. Has no effect the second time. */
    void release(IncomingCall call) {
        int bytes = call.takeCharge();
        if (bytes != 0) {
            taken -= bytes;
            all.giveBack(bytes);
        }
    }
}
