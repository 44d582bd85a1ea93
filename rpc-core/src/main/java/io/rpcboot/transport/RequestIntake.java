package io.rpcboot.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.rpcboot.RpcException;
import io.rpcboot.wire.FrameException;
import io.rpcboot.wire.Header;
import org.jspecify.annotations.Nullable;

/** Makes calls of the requests that one connection brings: finds the method, refuses what cannot be taken, and hands the rest on. Confined to the event loop. */
final class RequestIntake {

    private final TransportOptions options;
    private final RequestHandler requests;
    private final MethodNumbers numbers;
    private final OpenCalls calls;
    private final RequestBytes bytes;
    private final RequestPieces pieces;
    private final DrainNotice notice;
    private final ReplyRoute route;
    private final RequestDeadlines deadlines = new RequestDeadlines();
    private long lastId;
    private long lastRequestAt;

    RequestIntake(
            TransportOptions options,
            RequestHandler requests,
            MethodNumbers numbers,
            OpenCalls calls,
            RequestBytes bytes,
            RequestPieces pieces,
            DrainNotice notice,
            ReplyRoute route) {
        this.options = options;
        this.requests = requests;
        this.numbers = numbers;
        this.calls = calls;
        this.bytes = bytes;
        this.pieces = pieces;
        this.notice = notice;
        this.route = route;
    }

    /** The caller's HELLO was read: from here on both sides count. */
    void greeted(long now) {
        deadlines.begin(now);
    }

    /** The last call that came, 0 if none did. */
    long lastId() {
        return lastId;
    }

    /** When the last call came, a reading of {@link System#nanoTime()}; 0 if none did. */
    long lastRequestAt() {
        return lastRequestAt;
    }

    /** Takes in a request, or a piece of one. */
    void request(Header header, ByteBuf body, long now) {
        PartialRequest begun = calls.partial(header.callId());
        if (begun != null) {
            IncomingCall whole = pieces.next(begun, header, body);
            if (whole != null) {
                run(whole, now);
            }
            return;
        }
        checkNew(header.callId(), now);
        int method = numbers.indexOf(header, now);
        RpcException refusal = refusal(header, method);
        if (header.more()) {
            begin(header, method, refusal, body, now);
        } else if (refusal != null) {
            refuse(header, refusal, now);
        } else {
            start(header, method, body, now);
        }
    }

    /** Takes in a request, or a piece of one, whose body is too large and was passed over. */
    void oversized(Header header, long now) {
        PartialRequest begun = calls.partial(header.callId());
        if (begun != null) {
            pieces.oversized(begun, header);
            return;
        }
        checkNew(header.callId(), now);
        RpcException refusal = Refusals.tooLarge(options.limits());
        if (header.more()) {
            begin(header, MethodTable.UNKNOWN_METHOD, refusal, Unpooled.EMPTY_BUFFER, now);
        } else {
            refuse(header, refusal, now);
        }
    }

    private void checkNew(long id, long now) {
        if (id <= lastId) {
            throw FrameException.malformed("call_id " + id + " after " + lastId + " (expected: a larger one)");
        }
        lastId = id;
        lastRequestAt = now;
    }

    /** Why the call cannot be taken, judged by its header; null if it can. */
    private @Nullable RpcException refusal(Header header, int method) {
        RpcException refusal = Refusals.byHeader(header, method, numbers.areWanted(header), options.limits());
        if (refusal != null) {
            return refusal;
        }
        if (notice.isRefusing()) {
            return Refusals.stopping();
        }
        return calls.size() >= options.maxCalls() ? Refusals.tooManyCalls(options.maxCalls()) : null;
    }

    private void begin(Header header, int method, @Nullable RpcException refusal, ByteBuf body, long now) {
        BodyAssembly assembly = pieces.assembly();
        pieces.begin(new PartialRequest(call(header, method, assembly.whole(), now), assembly), refusal, body);
    }

    private void start(Header header, int method, ByteBuf body, long now) {
        int size = body.readableBytes();
        if (!bytes.take(RequestBytes.PER_CALL + size)) {
            refuse(header, Refusals.tooManyBytes(), now);
            return;
        }
        IncomingCall call = call(header, method, body.retain(), now);
        call.bodyIs(body.readerIndex(), size);
        call.addCharge(RequestBytes.PER_CALL + size);
        run(call, now);
    }

    private void run(IncomingCall call, long now) {
        if (call.deadline().nanoTime() - now <= 0) {
            call.fail(Refusals.tooLate("before the request was read"));
            return;
        }
        calls.runs(call);
        requests.handle(call);
    }

    private void refuse(Header header, RpcException refusal, long now) {
        call(header, MethodTable.UNKNOWN_METHOD, Unpooled.EMPTY_BUFFER, now).fail(refusal);
    }

    private IncomingCall call(Header header, int method, ByteBuf body, long now) {
        return new IncomingCall(route, header.callId(), method, header, deadlines.of(header, now), now, body);
    }
}
