package io.rpcboot;

/**
 * How a call ended. The codes and their meanings are the 17 canonical ones that gRPC uses, so that they travel through gateways
 * unchanged.
 */
public enum RpcStatus {
    OK,
    /** The caller gave the call up. */
    CANCELLED,
    /** The server named no reason, or one this version does not know. */
    UNKNOWN,
    INVALID_ARGUMENT,
    /** The deadline passed before the reply came. */
    DEADLINE_EXCEEDED,
    NOT_FOUND,
    ALREADY_EXISTS,
    PERMISSION_DENIED,
    /** A limit was reached: message size, queue, calls in flight. */
    RESOURCE_EXHAUSTED,
    FAILED_PRECONDITION,
    ABORTED,
    OUT_OF_RANGE,
    /** The server does not offer this service or method. */
    UNIMPLEMENTED,
    /** User code failed with an exception that no mapping covers, or a peer broke the protocol. */
    INTERNAL,
    /** No endpoint could take the call; trying again later may help. */
    UNAVAILABLE,
    DATA_LOSS,
    UNAUTHENTICATED;

    private static final RpcStatus[] BY_CODE = values();

    /** The number on the wire, 0 to 16. */
    public int code() {
        return ordinal();
    }

    /** The status with this code; {@link #UNKNOWN} for a code that this version does not know. */
    public static RpcStatus of(int code) {
        return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : UNKNOWN;
    }
}
