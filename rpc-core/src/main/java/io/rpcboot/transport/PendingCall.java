package io.rpcboot.transport;

import io.netty.buffer.ByteBuf;
import io.rpcboot.Outcome;
import io.rpcboot.Reason;
import io.rpcboot.RpcCall;
import io.rpcboot.RpcException;
import io.rpcboot.RpcReply;
import io.rpcboot.RpcStatus;
import io.rpcboot.wire.FrameKind;
import io.rpcboot.wire.Header;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A call that has no reply yet, and the future of that reply. Completes exactly once. It may be sent again over another connection when
 * it failed without having run.
 */
public final class PendingCall extends CompletableFuture<RpcReply> implements Outgoing, Runnable {

    private static final AtomicReferenceFieldUpdater<PendingCall, Progress> PROGRESS =
            AtomicReferenceFieldUpdater.newUpdater(PendingCall.class, Progress.class, "progress");

    private static final AtomicIntegerFieldUpdater<PendingCall> ATTEMPT =
            AtomicIntegerFieldUpdater.newUpdater(PendingCall.class, "attempt");

    private static final AtomicReferenceFieldUpdater<PendingCall, CallObserver> OBSERVER =
            AtomicReferenceFieldUpdater.newUpdater(PendingCall.class, CallObserver.class, "observer");

    private static final AtomicReferenceFieldUpdater<PendingCall, CallObserver> ROOM =
            AtomicReferenceFieldUpdater.newUpdater(PendingCall.class, CallObserver.class, "room");

    @SuppressWarnings("rawtypes")
    private static final AtomicReferenceFieldUpdater<PendingCall, BiConsumer> END_LISTENER =
            AtomicReferenceFieldUpdater.newUpdater(PendingCall.class, BiConsumer.class, "endListener");

    private final RpcCall call;
    private final CallOwner owner;
    private final long startedAt = System.nanoTime();
    private volatile int attempt;

    private volatile @Nullable ClientConnection connection;
    private volatile Progress progress = Progress.WAITING;
    private long sentAt;
    private volatile CallObserver observer = CallObserver.NONE;
    private volatile CallObserver room = CallObserver.NONE;
    private volatile @Nullable BiConsumer<? super @Nullable RpcReply, ? super @Nullable Throwable> endListener;

    /** Whether an attempt before the present one may have run, so that the call as a whole may. */
    private volatile boolean mayHaveRunBefore;

    // The rest belongs to the event loop of the connection.
    private @Nullable Outgoing next;
    private long id;
    private @Nullable ByteBuf largeBody;
    private @Nullable BodyAssembly replyPieces;

    /**
     * A call that is to be sent. It gives up when the call's cancellation says so.
     *
     * @param owner has it sent, and decides on failures
     */
    public PendingCall(RpcCall call, CallOwner owner) {
        this.call = call;
        this.owner = owner;
        this.attempt = call.attempt();
        // Remembered by the message. What cannot be measured fails here, before it holds anything.
        var unused = call.request().getSerializedSize();
        call.cancellation().onCancel(this);
    }

    public RpcCall call() {
        return call;
    }

    CallOwner owner() {
        return owner;
    }

    /** When the call was made, a reading of {@link System#nanoTime()}. */
    public long startedAt() {
        return startedAt;
    }

    /** How often the call was sent before. */
    public int attempt() {
        return attempt;
    }

    /** Counts one more attempt, be it of this object or of another one for the same call; to be called before that is sent. */
    public void nextAttempt() {
        ATTEMPT.incrementAndGet(this);
    }

    /** Has the observer told how the next attempt ends; to be called before the call is sent. */
    public void observer(CallObserver value) {
        sentAt = System.nanoTime();
        room = value;
        observer = value;
    }

    /** Whoever takes it has to tell it when the attempt takes no more room at the server. */
    CallObserver takeRoom() {
        return ROOM.getAndSet(this, CallObserver.NONE);
    }

    /** Gives back what was taken, since the attempt goes on after all. */
    void room(CallObserver value) {
        room = value;
    }

    private void attemptEnded(@Nullable RpcException failure) {
        CallObserver told = OBSERVER.getAndSet(this, CallObserver.NONE);
        if (told != CallObserver.NONE) {
            told.ended(sentAt, System.nanoTime(), failure);
        }
    }

    @Override
    public boolean complete(RpcReply reply) {
        attemptEnded(null);
        return super.complete(reply) && tellEnd(reply, null);
    }

    /**
     * Has the listener told of the end of the call, at once if it has ended. As {@link #whenComplete}, without a further future for each call, so it
     * must not throw; at most one listener, and only for whoever knows that nobody else completes the call in its own way.
     */
    public void onEnd(BiConsumer<? super @Nullable RpcReply, ? super @Nullable Throwable> listener) {
        endListener = listener;
        if (isDone() && END_LISTENER.compareAndSet(this, listener, null)) {
            whenComplete(listener);
        }
    }

    @SuppressWarnings("unchecked") // What onEnd set.
    private boolean tellEnd(@Nullable RpcReply reply, @Nullable Throwable failure) {
        BiConsumer<? super @Nullable RpcReply, ? super @Nullable Throwable> listener =
                END_LISTENER.getAndSet(this, null);
        if (listener != null) {
            listener.accept(reply, failure);
        }
        return true;
    }

    /** The caller gave up. */
    @Override
    public void run() {
        // Either the event loop writes the call or it is given up before; one of the two comes first.
        boolean unwritten =
                PROGRESS.compareAndSet(this, Progress.WAITING, Progress.GIVEN_UP) || progress == Progress.GIVEN_UP;
        Outcome outcome = unwritten ? Outcome.DID_NOT_RUN : Outcome.MAY_HAVE_RUN;
        failForGood(failure(RpcStatus.CANCELLED, Reason.UNSPECIFIED, outcome, "the caller cancelled the call"));
        ClientConnection where = connection;
        if (where != null) {
            where.forget(this);
        }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning) && tellEnd(null, new CancellationException());
        call.cancellation().cancel();
        return cancelled;
    }

    /** Ends the call with this failure, unless its owner takes it over. */
    public void fail(RpcException failure) {
        attemptEnded(failure);
        if (!isDone() && !takenOver(failure)) {
            end(failure);
        }
    }

    private boolean takenOver(RpcException failure) {
        boolean before = mayHaveRunBefore;
        // Known before the call is sent again: from then on it may end at any time.
        mayHaveRunBefore = before || failure.outcome() != Outcome.DID_NOT_RUN;
        if (owner.takesOver(this, failure)) {
            return true;
        }
        mayHaveRunBefore = before;
        return false;
    }

    private void end(RpcException failure) {
        completeExceptionally(
                mayHaveRunBefore && failure.outcome() == Outcome.DID_NOT_RUN ? ofAllAttempts(failure) : failure);
    }

    @Override
    public boolean completeExceptionally(Throwable failure) {
        return super.completeExceptionally(failure) && tellEnd(null, failure);
    }

    /** That the last attempt did not run says nothing of the ones before. */
    private RpcException ofAllAttempts(RpcException last) {
        return failure(RpcException.of(last.status(), last.description() + "; an earlier attempt may have run")
                .reason(last.reason())
                .outcome(Outcome.MAY_HAVE_RUN)
                .details(last.details())
                .retryAfter(last.retryAfter())
                .cause(last.getCause()));
    }

    /** Lets the owner send the call elsewhere while this connection still owes the reply. */
    boolean goesElsewhere(RpcException failure) {
        long sent = sentAt;
        CallObserver before = OBSERVER.getAndSet(this, CallObserver.NONE);
        boolean moved = !isDone() && takenOver(failure);
        if (moved) {
            before.ended(sent, System.nanoTime(), failure);
        } else {
            OBSERVER.compareAndSet(this, CallObserver.NONE, before);
        }
        return moved;
    }

    /** Where the call was sent last; null if nowhere yet. */
    public @Nullable ClientConnection connection() {
        return connection;
    }

    /** A failure of this call, with all that is known of where and when. */
    public RpcException failure(RpcStatus status, Reason reason, Outcome outcome, String description) {
        return failure(RpcException.of(status, description).reason(reason).outcome(outcome));
    }

    /** As {@link #failure(RpcStatus, Reason, Outcome, String)}, for a failure that says more. */
    public RpcException failure(RpcException.Builder failure) {
        ClientConnection where = connection;
        long now = System.nanoTime();
        return failure.withoutStackTrace()
                .site(new RpcException.CallSite(
                        call.method().fullName(),
                        where == null ? null : where.endpoint().address(),
                        attempt,
                        Duration.ofNanos(now - startedAt),
                        Duration.ofNanos(call.deadline().nanoTime() - startedAt)))
                .build();
    }

    /** The deadline has passed. */
    RpcException expired() {
        boolean written = isWritten();
        String description =
                written ? "no reply before the deadline" : "the deadline passed before the request could be sent";
        Outcome outcome = written ? Outcome.MAY_HAVE_RUN : Outcome.DID_NOT_RUN;
        return failure(
                RpcStatus.DEADLINE_EXCEEDED, written ? Reason.UNSPECIFIED : Reason.TOO_LATE, outcome, description);
    }

    /** Ends the call with this failure, whatever its owner would say. */
    public void failForGood(RpcException failure) {
        attemptEnded(failure);
        end(failure);
    }

    void attach(ClientConnection where) {
        connection = where;
        PROGRESS.compareAndSet(this, Progress.WRITTEN, Progress.WAITING);
    }

    /** From here on the call may run; false if it was given up before. */
    boolean commit() {
        return PROGRESS.compareAndSet(this, Progress.WAITING, Progress.WRITTEN);
    }

    /** Whether the method may run, or may have. */
    boolean isWritten() {
        return progress == Progress.WRITTEN;
    }

    /** Size of the encoded request. */
    public int requestBytes() {
        return call.request().getSerializedSize();
    }

    long id() {
        return id;
    }

    void id(long value) {
        id = value;
    }

    void largeBody(ByteBuf body) {
        largeBody = body;
    }

    @Nullable
    ByteBuf takeLargeBody() {
        ByteBuf body = largeBody;
        largeBody = null;
        return body;
    }

    @Nullable
    BodyAssembly replyPieces() {
        return replyPieces;
    }

    void replyPieces(@Nullable BodyAssembly assembly) {
        replyPieces = assembly;
    }

    void dropReplyPieces() {
        BodyAssembly assembly = replyPieces;
        if (assembly != null) {
            replyPieces = null;
            assembly.release();
        }
    }

    @Override
    public @Nullable Outgoing next() {
        return next;
    }

    @Override
    public void next(@Nullable Outgoing following) {
        next = following;
    }

    @Override
    public void write(Outbox outbox) {
        if (!(connection instanceof MultiplexedConnection where)) {
            throw new IllegalStateException("a call that waits in no connection's outbox");
        }
        switch (where.admit(this, outbox.now())) {
            case SENT -> send(where, outbox);
            case ENDED -> {} // Perhaps under way elsewhere already: nothing here is this connection's any more.
            case PARKED -> {} // Comes again.
        }
    }

    private void send(MultiplexedConnection where, Outbox outbox) {
        ByteBuf body = takeLargeBody();
        if (body != null) {
            outbox.large(new LargeRequest(this, where, id), id, FrameKind.REQUEST, body);
        } else {
            outbox.message(this, call.request());
        }
    }

    @Override
    public void fill(Header header) {
        if (connection instanceof MultiplexedConnection where) {
            where.fill(header, this);
        }
    }

    @Override
    public void dropped(Throwable cause) {
        releaseLargeBody();
        if (connection instanceof MultiplexedConnection where) {
            where.dropped(this, cause);
        }
    }

    void releaseLargeBody() {
        ByteBuf body = takeLargeBody();
        if (body != null) {
            body.release();
        }
    }

    /** How far the call has come on its present connection. */
    private enum Progress {
        WAITING,
        /** Written, or about to be: the method may run. */
        WRITTEN,
        /** Given up before it was written: the method will not run. */
        GIVEN_UP
    }

    /** What becomes of a call when its turn to be written has come. */
    enum Admission {
        SENT,
        /** Waits until the peer has said what it accepts, or has room. */
        PARKED,
        ENDED
    }
}
