package io.rpcboot.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.socket.SocketChannelConfig;
import io.rpcboot.Deadline;
import io.rpcboot.Outcome;
import io.rpcboot.Reason;
import io.rpcboot.RpcException;
import io.rpcboot.RpcStatus;
import io.rpcboot.wire.FrameLimits;
import io.rpcboot.wire.Header;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one call of a connection whose caller speaks mprpc, from its request to the end of the connection. These callers take a connection
 * that ends without a byte for an empty reply, so each failure is answered, and while no answer is out the connection can end by a reset only.
 * Confined to the event loop.
 */
final class MprpcCaller {

    private static final Logger log = LoggerFactory.getLogger(MprpcCaller.class);
    private static final RareWarnings warnings = new RareWarnings(log);

    /** After its answer a caller has so long to close, before that is done for it. */
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    /** A longer text overruns the buffer into which these callers print it. */
    private static final int LONGEST_TEXT_BYTES = 480;

    /** Seconds for SO_LINGER: what ends the connection resets it, be it the death of the process. */
    private static final int RESET = 0;

    private static final int AS_USUAL = -1;

    /** Begins no protobuf message, so that the text behind it is taken for a failure and not for a reply. */
    private static final byte NO_MESSAGE = 7;

    private final Channel channel;
    private final @Nullable MprpcPort port;
    private final FrameLimits limits;
    private final Duration unwritable;
    private final MethodTable methods;
    private final RequestHandler requests;
    private final RequestBytes bytes;
    private final OpenCalls calls;
    private final DrainNotice notice;
    private final ReplyRoute route;
    private State state = State.NONE;
    private boolean inputEnded;

    /**
     * @param port null if such callers are not served
     * @param unwritable how long an answer may stay untaken
     */
    MprpcCaller(
            Channel channel,
            @Nullable MprpcPort port,
            FrameLimits limits,
            Duration unwritable,
            MethodTable methods,
            RequestHandler requests,
            RequestBytes bytes,
            OpenCalls calls,
            DrainNotice notice,
            ReplyRoute route) {
        this.channel = channel;
        this.port = port;
        this.limits = limits;
        this.unwritable = unwritable;
        this.methods = methods;
        this.requests = requests;
        this.bytes = bytes;
        this.calls = calls;
        this.notice = notice;
        this.route = route;
    }

    /** Whether the caller of this connection speaks mprpc, as far as is known. */
    boolean isHere() {
        return state != State.NONE;
    }

    /** Whether such callers are served. */
    boolean isServed() {
        return port != null;
    }

    /** The connection is open: from here on a plain end of it could be taken for a reply. */
    void mayCome() {
        if (port != null) {
            linger(RESET);
        }
    }

    /** The caller of this connection speaks something else. */
    void cannotCome() {
        if (port != null) {
            linger(AS_USUAL);
        }
    }

    /** The request has come, whole. */
    void request(Header header, ByteBuf body, long now) {
        begin();
        if (port == null) {
            refuse(notServed(), now);
            return;
        }
        port.requested(now);
        int method = methods.mprpcIndexOf(header.serviceName(), header.methodName());
        RpcException refusal =
                notice.isRefusing() ? Refusals.stopping() : Refusals.byHeader(header, method, true, limits);
        int size = RequestBytes.PER_CALL + body.readableBytes();
        if (refusal == null && !bytes.take(size)) {
            refusal = Refusals.tooManyBytes();
        }
        if (refusal != null) {
            warn(header.serviceName() + '/' + header.methodName() + ": " + refusal.description());
            refuse(refusal, now);
            return;
        }
        Deadline deadline = Deadline.after(port.options().timeout());
        MprpcCall call = call(header, method, deadline, now, body.readRetainedSlice(body.readableBytes()));
        call.addCharge(size);
        calls.runs(call);
        call.cancellation().onCancel(() -> call.failMeanwhile(late(port.options())));
        requests.handle(call);
    }

    /** The request is too large, and was passed over. */
    void oversized(long now) {
        begin();
        refuse(port == null ? notServed() : Refusals.tooLarge(limits), now);
    }

    /** What came is no request, but may be meant for one. */
    void broken(String why) {
        warn(why);
        begin();
        refuse(Refusals.of(RpcStatus.INVALID_ARGUMENT, Reason.BAD_REQUEST, why), System.nanoTime());
    }

    /** The caller sends no more. It may still wait for its reply. */
    void inputEnded() {
        inputEnded = true;
        if (state == State.ANSWERED) {
            channel.close();
        }
    }

    private void begin() {
        state = State.ASKED;
        linger(RESET);
    }

    private RpcException notServed() {
        String why = "this server does not serve mprpc callers (rpc.server.mprpc.enabled)";
        warn(why);
        return Refusals.of(RpcStatus.UNIMPLEMENTED, Reason.UNKNOWN_SERVICE, why);
    }

    private static RpcException late(MprpcOptions options) {
        return RpcException.of(
                        RpcStatus.DEADLINE_EXCEEDED,
                        "no reply within " + options.timeout().toMillis() + " ms (rpc.server.mprpc.timeout)")
                .outcome(Outcome.MAY_HAVE_RUN)
                .withoutStackTrace()
                .build();
    }

    private void refuse(RpcException refusal, long now) {
        call(new Header(), MethodTable.UNKNOWN_METHOD, Deadline.after(FAREWELL), now, Unpooled.EMPTY_BUFFER)
                .fail(refusal);
    }

    private MprpcCall call(Header header, int method, Deadline deadline, long now, ByteBuf body) {
        return new MprpcCall(this, route, method, header, deadline, now, body, maxReplyBytes());
    }

    private int maxReplyBytes() {
        return (port == null ? MprpcOptions.DEFAULT : port.options()).maxReplyBytes();
    }

    /** Any thread. */
    void warn(String why) {
        warnings.closing(route.peer(), why);
    }

    /** An answer that says what went wrong to whoever looks at it, and cannot be taken for a reply. */
    ByteBuf unparsable(RpcException failure) {
        byte[] text = (failure.status() + ": " + failure.description()).getBytes(StandardCharsets.US_ASCII);
        int length = Math.min(text.length, Math.min(LONGEST_TEXT_BYTES, maxReplyBytes()) - 1);
        ByteBuf answer = channel.alloc().buffer(1 + length).writeByte(NO_MESSAGE);
        for (int i = 0; i < length; i++) {
            answer.writeByte(text[i] < ' ' ? ' ' : text[i]);
        }
        return answer;
    }

    /** Sends the answer, all of it at once, and after it nothing more. */
    void answer(Outbox outbox, ByteBuf reply) {
        ChannelFuture written = outbox.bare(reply);
        new Patience(channel.eventLoop(), unwritable, () -> !written.isDone(), channel::close).begin();
        written.addListener(sent -> {
            if (sent.isSuccess()) {
                answered();
            } else {
                channel.close();
            }
        });
    }

    private void answered() {
        state = State.ANSWERED;
        linger(AS_USUAL);
        if (!inputEnded && channel instanceof DuplexChannel duplex) {
            // Closed with bytes unread, the connection would be reset, and the reply lost on its way.
            duplex.shutdownOutput();
            new Patience(channel.eventLoop(), FAREWELL, channel::isActive, channel::close).begin();
        } else {
            channel.close();
        }
    }

    private void linger(int seconds) {
        if (channel.config() instanceof SocketChannelConfig socket && channel.isOpen()) {
            socket.setSoLinger(seconds);
        }
    }

    private enum State {
        NONE,
        ASKED,
        ANSWERED
    }
}
