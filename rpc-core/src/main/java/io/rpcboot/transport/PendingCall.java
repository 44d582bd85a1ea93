package io.rpcboot.transport;

import com.google.protobuf.MessageLite;
import io.netty.buffer.ByteBuf;
import io.rpcboot.Outcome;
import io.rpcboot.Reason;
import io.rpcboot.RpcCall;
import io.rpcboot.RpcException;
import io.rpcboot.RpcReply;
import io.rpcboot.RpcStatus;
import io.rpcboot.wire.Frame;
import io.rpcboot.wire.FrameKind;
import io.rpcboot.wire.Header;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * A call that has no reply yet, and the future of that reply. Completes exactly once. It may be sent again over another connection when
 * it failed without having run.
 */
public final class PendingCall extends CompletableFuture<RpcReply> implements Outgoing, Runnable {

    private static final AtomicReferenceFieldUpdater<PendingCall, CallObserver> OBSERVER =
            AtomicReferenceFieldUpdater.newUpdater(PendingCall.class, CallObserver.class, "observer");

    private final RpcCall call;
    private final FailureHandler failureHandler;
    private final long startedAt = System.nanoTime();
    private final int requestBytes;
    private int attempt;

    private volatile @Nullable ClientConnection connection;
    private volatile boolean written;
    private long sentAt;
    private volatile CallObserver observer = CallObserver.NONE;

    // The rest belongs to the event loop of the connection.
    private @Nullable Outgoing next;
    private long id;
    private @Nullable ByteBuf largeBody;
    private @Nullable BodyAssembly replyPieces;

    /**
     * A call that is to be sent. It gives up when the call's cancellation says so.
     *
     * @param failureHandler decides on failures; see {@link FailureHandler}
     */
    public PendingCall(RpcCall call, FailureHandler failureHandler) {
        this.call = call;
        this.failureHandler = failureHandler;
        this.attempt = call.attempt();
        this.requestBytes = call.request().getSerializedSize();
        call.cancellation().onCancel(this);
    }

    public RpcCall call() {
        return call;
    }

    /** How often the call was sent before. */
    public int attempt() {
        return attempt;
    }

    /** Counts one more attempt; to be called before the call is sent again. */
    public void nextAttempt() {
        attempt++;
    }

    /** Has the observer told how the next attempt ends; to be called before the call is sent. */
    public void observer(CallObserver value) {
        sentAt = System.nanoTime();
        observer = value;
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
        return super.complete(reply);
    }

    /** The caller gave up. */
    @Override
    public void run() {
        Outcome outcome = written ? Outcome.MAY_HAVE_RUN : Outcome.DID_NOT_RUN;
        failForGood(failure(RpcStatus.CANCELLED, Reason.UNSPECIFIED, outcome, "the caller cancelled the call"));
        ClientConnection where = connection;
        if (where != null) {
            where.forget(this);
        }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        call.cancellation().cancel();
        return cancelled;
    }

    /** Ends the call with this failure, unless the failure handler takes it over. */
    public void fail(RpcException failure) {
        attemptEnded(failure);
        if (!isDone() && !failureHandler.takesOver(this, failure)) {
            completeExceptionally(failure);
        }
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
        String description =
                written ? "no reply before the deadline" : "the deadline passed before the request could be sent";
        Outcome outcome = written ? Outcome.MAY_HAVE_RUN : Outcome.DID_NOT_RUN;
        return failure(
                RpcStatus.DEADLINE_EXCEEDED, written ? Reason.UNSPECIFIED : Reason.TOO_LATE, outcome, description);
    }

    /** Ends the call with this failure, whatever the failure handler would say. */
    void failForGood(RpcException failure) {
        attemptEnded(failure);
        completeExceptionally(failure);
    }

    void attach(ClientConnection where) {
        connection = where;
        written = false;
    }

    int requestBytes() {
        return requestBytes;
    }

    long id() {
        return id;
    }

    void id(long value) {
        id = value;
    }

    void markWritten() {
        written = true;
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
        ClientConnection where = connection;
        if (where == null || !where.admit(this, outbox.now())) {
            releaseLargeBody();
            return;
        }
        written = true;
        ByteBuf body = takeLargeBody();
        if (body != null) {
            outbox.large(this, id, FrameKind.REQUEST, body);
        } else {
            outbox.message(this, (MessageLite) call.request());
        }
    }

    @Override
    public void fill(Header header) {
        ClientConnection where = connection;
        if (where != null) {
            where.fill(header, this);
        }
    }

    @Override
    public boolean abandoned() {
        return isDone();
    }

    @Override
    public void cutShort(Outbox outbox) {
        // The server holds what it has of the request until it is told that nothing more comes.
        outbox.frame(new Frame.Cancel(id));
    }

    @Override
    public void dropped(Throwable cause) {
        releaseLargeBody();
        ClientConnection where = connection;
        if (where != null) {
            where.dropped(this, cause);
        }
    }

    private void releaseLargeBody() {
        ByteBuf body = takeLargeBody();
        if (body != null) {
            body.release();
        }
    }
}
