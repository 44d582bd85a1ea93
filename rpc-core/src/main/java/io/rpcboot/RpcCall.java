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
    private final Deadline deadline;
    private final Cancellation cancellation;
    private final @Nullable String hashKey;
    private final @Nullable String tag;
    private final int attempt;
    private final @Nullable Streams streams;

    private RpcCall(
            RpcMethod method,
            @Nullable MessageLite request,
            Metadata metadata,
            Deadline deadline,
            Cancellation cancellation,
            @Nullable String hashKey,
            @Nullable String tag,
            int attempt,
            @Nullable Streams streams) {
        this.method = method;
        this.request = request;
        this.metadata = metadata;
        this.deadline = deadline;
        this.cancellation = cancellation;
        this.hashKey = hashKey;
        this.tag = tag;
        this.attempt = attempt;
        this.streams = streams;
    }

    /** A unary call. */
    public static RpcCall unary(
            RpcMethod method, MessageLite request, Metadata metadata, Deadline deadline, Cancellation cancellation) {
        return new RpcCall(method, request, metadata, deadline, cancellation, null, null, 0, null);
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
        return deadline;
    }

    public Cancellation cancellation() {
        return cancellation;
    }

    /** Key for balancers that hash, or null. */
    public @Nullable String hashKey() {
        return hashKey;
    }

    /** Tag of the endpoints that the call is for, empty for those without one; null leaves it to configuration. */
    public @Nullable String tag() {
        return tag;
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
        return new RpcCall(method, request, changed, deadline, cancellation, hashKey, tag, attempt, streams);
    }

    public RpcCall withHashKey(@Nullable String changed) {
        return new RpcCall(method, request, metadata, deadline, cancellation, changed, tag, attempt, streams);
    }

    public RpcCall withTag(@Nullable String changed) {
        return new RpcCall(method, request, metadata, deadline, cancellation, hashKey, changed, attempt, streams);
    }

    public RpcCall withAttempt(int changed) {
        return new RpcCall(method, request, metadata, deadline, cancellation, hashKey, tag, changed, streams);
    }

    public RpcCall withDeadline(Deadline changed) {
        return new RpcCall(method, request, metadata, changed, cancellation, hashKey, tag, attempt, streams);
    }

    /** This call with a cancellation of its own, which copies made from here on share. */
    public RpcCall withCancellation(Cancellation changed) {
        return new RpcCall(method, request, metadata, deadline, changed, hashKey, tag, attempt, streams);
    }

    /** Names the method only: messages may hold what must not stand in logs. */
    @Override
    public String toString() {
        return "RpcCall(" + method.fullName() + ", attempt " + attempt + ", " + deadline + ')';
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
