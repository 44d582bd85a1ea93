package io.rpcboot.transport;

import io.rpcboot.Outcome;
import io.rpcboot.Reason;
import io.rpcboot.RpcException;
import io.rpcboot.RpcStatus;
import io.rpcboot.wire.FrameLimits;
import io.rpcboot.wire.Header;
import org.jspecify.annotations.Nullable;

/** What a server answers to calls that it does not take. None of them ran. */
final class Refusals {

    private static final RpcException CANCELLED = RpcException.of(RpcStatus.CANCELLED, "")
            .outcome(Outcome.MAY_HAVE_RUN)
            .withoutStackTrace()
            .build();

    private Refusals() {}

    /** To a caller that has given the call up: it is over. */
    static RpcException cancelled() {
        return CANCELLED;
    }

    static RpcException of(RpcStatus status, Reason reason, String text) {
        return RpcException.of(status, text)
                .reason(reason)
                .outcome(Outcome.DID_NOT_RUN)
                .withoutStackTrace()
                .build();
    }

    /**
     * Why a call with this header, for the method of this index, cannot be taken at all; null if it can.
     *
     * @param wanted whether the services are of the version and group that the header asks for
     */
    static @Nullable RpcException byHeader(Header header, int method, boolean wanted, FrameLimits limits) {
        if (method == MethodTable.UNKNOWN_SERVICE) {
            return of(RpcStatus.UNIMPLEMENTED, Reason.UNKNOWN_SERVICE, "this server offers no service of that name");
        }
        if (!wanted) {
            return of(
                    RpcStatus.UNIMPLEMENTED,
                    Reason.UNKNOWN_SERVICE,
                    "this server offers another version or group of the service (wanted: version '" + header.version()
                            + "', group '" + header.group() + "'; empty stands for any)");
        }
        if (method < 0) {
            return of(RpcStatus.UNIMPLEMENTED, Reason.UNKNOWN_METHOD, "the service has no method of that name");
        }
        if (header.encoding() != 0) {
            return of(RpcStatus.UNIMPLEMENTED, Reason.BAD_REQUEST, "encoding: " + header.encoding() + " (expected: 0)");
        }
        if (header.metadataTooLarge()) {
            return of(
                    RpcStatus.RESOURCE_EXHAUSTED,
                    Reason.LIMIT,
                    "the metadata is larger than the " + limits.maxMetadataBytes() + " bytes this server accepts");
        }
        String problem = header.metadataProblem();
        return problem == null ? null : of(RpcStatus.INVALID_ARGUMENT, Reason.BAD_REQUEST, problem);
    }

    static RpcException stopping() {
        return of(RpcStatus.UNAVAILABLE, Reason.DRAINING, "the server is stopping");
    }

    static RpcException tooManyCalls(int maxCalls) {
        return of(
                RpcStatus.RESOURCE_EXHAUSTED,
                Reason.LIMIT,
                maxCalls + " calls are under way on this connection (rpc.server.max-calls-per-connection)");
    }

    static RpcException tooManyBytes() {
        return of(
                RpcStatus.RESOURCE_EXHAUSTED,
                Reason.LIMIT,
                "too many bytes of requests are unanswered, on this connection or on all"
                        + " (rpc.server.max-unanswered-size-per-connection, rpc.server.max-unanswered-size)");
    }

    static RpcException tooLarge(FrameLimits limits) {
        return of(
                RpcStatus.RESOURCE_EXHAUSTED,
                Reason.MESSAGE_TOO_LARGE,
                "the request is larger than the " + limits.maxMessageBytes()
                        + " bytes this server accepts (rpc.server.max-message-size)");
    }

    /** The deadline passed before the call could start. */
    static RpcException tooLate(String when) {
        return of(RpcStatus.DEADLINE_EXCEEDED, Reason.TOO_LATE, "the deadline passed " + when);
    }

    /** Nobody waits for the call any more. */
    static RpcException gone(Reason reason, String why) {
        return of(RpcStatus.CANCELLED, reason, why);
    }
}
