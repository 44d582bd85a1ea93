package io.rpcboot;

import com.google.protobuf.MessageLite;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * One call on its way: what is called, with what, until when. The same shape at the caller and at the server, for unary calls and for
 * streams. Immutable but for its {@link Cancellation}, which all copies share.
 */
public final class RpcCall {

    private final RpcMethod method;
    private final @Nullable MessageLite request;
    private final Metadata metadata;
    private final long deadline;
    private final Cancellation cancellation;
    private final Target target;
    private final int attempt;
    private final @Nullable Streams streams;

    private RpcCall(
            RpcMethod method,
            @Nullable MessageLite request,
            Metadata metadata,
            long deadline,
            Cancellation cancellation,
            Target target,
            int attempt,
            @Nullable Streams streams) {
        this.method = method;
        this.request = request;
        this.metadata = metadata;
        this.deadline = deadline;
        this.cancellation = cancellation;
        this.target = target;
        this.attempt = attempt;
        this.streams = streams;
    }

    /** A unary call. */
    public static RpcCall unary(
            RpcMethod method, MessageLite request, Metadata metadata, Deadline deadline, Cancellation cancellation) {
        return new RpcCall(method, request, metadata, deadline.nanoTime(), cancellation, Target.ANY, 0, null);
    }

    public RpcMethod method() {
        return method;
    }

    /**
     * The request message of a unary or server-streaming call.
     *
     * @throws IllegalStateException if the request side of this call is a stream
     */
    public MessageLite request() {
        if (request == null) {
            throw new IllegalStateException(method.fullName() + " takes a stream of requests, not one message");
        }
        return request;
    }

    public Metadata metadata() {
        return metadata;
    }

    public Deadline deadline() {
        return Deadline.at(deadline);
    }

    public Cancellation cancellation() {
        return cancellation;
    }

    /** Key for balancers that hash, or null. */
    public @Nullable String hashKey() {
        return target.hashKey;
    }

    /** Tag of the endpoints that the call is for, empty for those without one; null leaves it to configuration. */
    public @Nullable String tag() {
        return target.tag;
    }

    /** How often this call was sent before: 0 for the first try. */
    public int attempt() {
        return attempt;
    }

    /** Both directions of a streaming call; null for a unary one. */
    public @Nullable Streams streams() {
        return streams;
    }

    public RpcCall withMetadata(Metadata changed) {
        return new RpcCall(method, request, changed, deadline, cancellation, target, attempt, streams);
    }

    public RpcCall withHashKey(@Nullable String changed) {
        return new RpcCall(
                method, request, metadata, deadline, cancellation, new Target(changed, target.tag), attempt, streams);
    }

    public RpcCall withTag(@Nullable String changed) {
        return new RpcCall(
                method,
                request,
                metadata,
                deadline,
                cancellation,
                new Target(target.hashKey, changed),
                attempt,
                streams);
    }

    public RpcCall withAttempt(int changed) {
        return new RpcCall(method, request, metadata, deadline, cancellation, target, changed, streams);
    }

    public RpcCall withDeadline(Deadline changed) {
        return new RpcCall(method, request, metadata, changed.nanoTime(), cancellation, target, attempt, streams);
    }

    /** This call with a cancellation of its own, which copies made from here on share. */
    public RpcCall withCancellation(Cancellation changed) {
        return new RpcCall(method, request, metadata, deadline, changed, target, attempt, streams);
    }

    /** Names the method only: messages may hold what must not stand in logs. */
    @Override
    public String toString() {
        return "RpcCall(" + method.fullName() + ", attempt " + attempt + ", " + deadline() + ')';
    }

    /** What the call says of the endpoint it is for, most often nothing. */
    private record Target(
            @Nullable String hashKey, @Nullable String tag) {
        static final Target ANY = new Target(null, null);
    }

    /**
     * The directions of a streaming call.
     *
     * @param requests what the caller sends; absent where the request is one message
     * @param replies where the server's messages go; absent where the reply is one message
     */
    public record Streams(
            Flow.@Nullable Publisher<? extends MessageLite> requests,
            Flow.@Nullable Subscriber<? super MessageLite> replies) {}
}
