package io.rpcboot.transport;

import java.util.List;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one connection that the server is not done with: those that wait for their reply, and those that their callers gave up. Confined to
 * the event loop.
 */
final class SentCalls {

    private final InFlightCalls<PendingCall> waiting = new InFlightCalls<>();

    /** Whom to tell when the server is done with a call that was given up: until then it takes room there. */
    private final InFlightCalls<CallObserver> givenUp = new InFlightCalls<>();

    /** All of them, as the server counts. */
    int size() {
        return waiting.size() + givenUp.size();
    }

    /** Whether no call waits for its reply. */
    boolean noneWaits() {
        return waiting.isEmpty();
    }

    void add(PendingCall call) {
        waiting.put(call.id(), call);
    }

    /** The call that waits under this id. */
    @Nullable
    PendingCall waiting(long id) {
        return waiting.get(id);
    }

    /** The call, which waited, has its reply. */
    void answered(PendingCall call) {
        waiting.remove(call.id());
    }

    /** The call waits no longer; false if it did not. */
    boolean take(PendingCall call) {
        if (waiting.get(call.id()) != call) {
            return false;
        }
        waiting.remove(call.id());
        return true;
    }

    /** Takes out and returns the calls that wait and whose id satisfies the condition. */
    List<PendingCall> takeIds(LongPredicate condition) {
        return waiting.removeIds(condition);
    }

    /** Takes out and returns the calls that wait and satisfy the condition. */
    List<PendingCall> takeIf(Predicate<PendingCall> condition) {
        return waiting.removeIf(condition);
    }

    /** The call of this id, which waits no longer, is under way at the server all the same. */
    void giveUp(long id, CallObserver room) {
        givenUp.put(id, room);
    }

    /** The server is done with this call. Returns whom to tell, if it had been given up. */
    @Nullable
    CallObserver leave(long id) {
        return givenUp.remove(id);
    }

    /** Nothing comes any more. Returns whom to tell of the calls that had been given up. */
    List<CallObserver> leaveAll() {
        return givenUp.removeIds(id -> true);
    }
}
