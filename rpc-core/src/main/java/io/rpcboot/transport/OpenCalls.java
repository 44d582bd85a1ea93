package io.rpcboot.transport;

import io.netty.channel.EventLoop;
import io.rpcboot.Reason;
import org.jspecify.annotations.Nullable;

/** The calls of one connection at the server that are not over: those that run and those whose request has not come whole. Confined to the event loop. */
final class OpenCalls {

    private final InFlightCalls<IncomingCall> running = new InFlightCalls<>();
    private final InFlightCalls<PartialRequest> partial = new InFlightCalls<>();
    private final RequestBytes bytes;
    private final DeadlineSweep sweep;

    OpenCalls(EventLoop loop, RequestBytes bytes) {
        this.bytes = bytes;
        this.sweep = new DeadlineSweep(loop, this::expire);
    }

    int size() {
        return running.size() + partial.size();
    }

    boolean isEmpty() {
        return running.isEmpty() && partial.isEmpty();
    }

    /** The request of this id of which more is to come. */
    @Nullable
    PartialRequest partial(long id) {
        return partial.isEmpty() ? null : partial.get(id);
    }

    void began(PartialRequest begun) {
        partial.put(begun.call().id(), begun);
        sweep.wake();
    }

    /** The last piece has come. */
    void whole(PartialRequest begun) {
        partial.remove(begun.call().id());
    }

    void runs(IncomingCall call) {
        running.put(call.id(), call);
        sweep.wake();
    }

    /** The call has its answer. True if that was news to a call that ran. */
    boolean answered(IncomingCall call) {
        bytes.release(call);
        return running.remove(call.id()) != null;
    }

    /** The caller wants the call no more. Returns it if it was unfinished and still wanted. */
    @Nullable
    IncomingCall cancel(long id) {
        PartialRequest begun = partial.remove(id);
        IncomingCall call = begun == null ? running.get(id) : begun.call();
        if (call == null) {
            return null;
        }
        boolean wanted = !call.abandoned() && (begun == null || !begun.isRefused());
        call.callerIsGone();
        if (begun != null) {
            begun.refuse(Refusals.cancelled());
        }
        return wanted ? call : null;
    }

    /** The connection is gone. */
    void abandon() {
        for (PartialRequest begun : partial.removeIds(id -> true)) {
            begun.call().callerIsGone();
            begun.refuse(Refusals.gone(Reason.CONNECTION_LOST, "the connection was lost"));
        }
        running.forEach(IncomingCall::callerIsGone);
    }

    private boolean expire(long now) {
        // Cancelled calls stay in the table: the slot is free when the method ends, not before.
        running.forEach(call -> {
            if (isOver(call, now)) {
                call.cancellation().cancel();
            }
        });
        // Refused ones stay too, to swallow the pieces that still come.
        partial.forEach(begun -> {
            if (!begun.isRefused() && isOver(begun.call(), now)) {
                begun.refuse(Refusals.tooLate("before the request had come whole"));
            }
        });
        return !isEmpty();
    }

    private static boolean isOver(IncomingCall call, long now) {
        return call.deadline().nanoTime() - now <= 0;
    }
}
