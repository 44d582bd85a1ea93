package io.rpcboot;

/** Why a call failed, finer than its {@link RpcStatus}: a small fixed set, for people and for retry decisions. */
public enum Reason {
    UNSPECIFIED(0),
    /** User code threw, or refused with a status of its own. */
    APPLICATION(1),
    /** Naming knows no endpoint for the service, or none that is ready. */
    NO_ENDPOINT(2),
    CONNECT_FAILED(3),
    CONNECTION_LOST(4),
    /** The endpoint is stopping and takes no new calls. */
    DRAINING(5),
    /** Calls in flight, queue or metadata beyond a limit. */
    LIMIT(6),
    MESSAGE_TOO_LARGE(7),
    /** The deadline passed before the method was started. */
    TOO_LATE(8),
    UNKNOWN_SERVICE(9),
    UNKNOWN_METHOD(10),
    /** The request could not be parsed as the method's request message. */
    BAD_REQUEST(11),
    /** The reply could not be parsed, or the peer broke the protocol. */
    BAD_REPLY(12),
    /** A gate or an interceptor refused the call. */
    REFUSED(13),
    /** The client or server that should carry the call is closed. */
    CLOSED(14),
    /** A blocking call was made on an event loop, which must never block. */
    BLOCKING_ON_EVENT_LOOP(15);

    private static final Reason[] BY_NUMBER = values();

    private final int number;

    Reason(int number) {
        this.number = number;
    }

    /** The number on the wire. */
    public int number() {
        return number;
    }

    /** The reason with this number; {@link #UNSPECIFIED} for one that this version does not know. */
    public static Reason of(int number) {
        return number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : UNSPECIFIED;
    }
}
