package io.rpcboot.transport;

import com.google.protobuf.MessageLite;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.rpcboot.Outcome;
import io.rpcboot.Peer;
import io.rpcboot.RpcException;
import io.rpcboot.RpcStatus;
import io.rpcboot.wire.MessageCodec;
import io.rpcboot.wire.schema.Hello;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way back from the calls of one connection to their caller, and what is known of it. Workers send through it; the rest is for the event loop. */
final class ReplyRoute {

    private static final Logger log = LoggerFactory.getLogger(ReplyRoute.class);

    private final Channel channel;
    private final Outbox outbox;
    private final MethodNumbers numbers;
    private final OpenCalls calls;
    private final CallerConduct conduct;
    private volatile Peer peer = Peer.at("unknown");
    private volatile PeerLimits limits = PeerLimits.INITIAL;

    ReplyRoute(Channel channel, Outbox outbox, MethodNumbers numbers, OpenCalls calls, CallerConduct conduct) {
        this.channel = channel;
        this.outbox = outbox;
        this.numbers = numbers;
        this.calls = calls;
        this.conduct = conduct;
    }

    Peer peer() {
        return peer;
    }

    void connected() {
        peer = Peer.at(Addresses.text(channel.remoteAddress()));
    }

    void greeted(Hello hello) {
        peer = new Peer(peer.address(), hello.getApplication(), hello.getIncarnation());
        limits = PeerLimits.of(hello.getLimits());
    }

    int maxMessageBytes() {
        return limits.maxMessageBytes();
    }

    /** Puts the message into a buffer of its own. Any thread. */
    ByteBuf encode(MessageLite message, int size) {
        ByteBuf body = channel.alloc().ioBuffer(size);
        try {
            MessageCodec.write(message, size, body);
            return body;
        } catch (RuntimeException | Error e) {
            body.release();
            throw e;
        }
    }

    /** Sends the answer that the call has. Any thread. */
    void send(IncomingCall call) {
        outbox.add(call);
    }

    /** The call has its answer, and its slot is free. */
    void answered(IncomingCall call) {
        if (calls.answered(call) && !call.abandoned()) {
            conduct.answered(outbox.now());
        }
    }

    int firstReplyOf(int method) {
        return numbers.firstReplyOf(method);
    }

    /** The event loop could not write the answer. */
    void couldNotWrite(IncomingCall call, Throwable cause) {
        if (channel.isActive() && !call.isReplaced()) {
            notEncoded(call, cause);
            send(call);
        }
    }

    /** Gives the call a short answer in place of the one that cannot be encoded. */
    void notEncoded(IncomingCall call, Throwable cause) {
        log.error("{}: the reply of call {} could not be encoded", peer, call.id(), cause);
        call.replaceBy(RpcException.of(RpcStatus.INTERNAL, "the reply could not be encoded")
                .outcome(Outcome.RAN)
                .withoutStackTrace()
                .build());
    }
}
