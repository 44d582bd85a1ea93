package io.rpcboot.wire;

/**
 * What a peer sent cannot be taken: bytes that are no frame of this protocol, or frames beyond what is tolerated. The connection must be
 * closed. Carries no stack trace, since it tells of the peer and not of this code.
 */
public final class FrameException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final ForeignProtocol protocol;

    private FrameException(Kind kind, ForeignProtocol protocol, String message) {
        super(message, null, false, false);
        this.kind = kind;
        this.protocol = protocol;
    }

    /** A frame, or an order of frames, that breaks the rules. */
    public static FrameException malformed(String message) {
        return new FrameException(Kind.MALFORMED, ForeignProtocol.UNKNOWN, message);
    }

    static FrameException tooLarge(String message) {
        return new FrameException(Kind.TOO_LARGE, ForeignProtocol.UNKNOWN, message);
    }

    static FrameException foreign(ForeignProtocol protocol, String message) {
        return new FrameException(Kind.FOREIGN, protocol, message);
    }

    /** Sound frames, but more of them than is tolerated. */
    public static FrameException tooMany(String message) {
        return new FrameException(Kind.TOO_MANY, ForeignProtocol.UNKNOWN, message);
    }

    public Kind kind() {
        return kind;
    }

    /** Which protocol the peer seems to speak; {@link ForeignProtocol#UNKNOWN} unless the kind is {@link Kind#FOREIGN}. */
    public ForeignProtocol protocol() {
        return protocol;
    }

    /** What is wrong with the bytes. */
    public enum Kind {
        /** The first bytes of the connection belong to another protocol. */
        FOREIGN,
        /** A frame breaks the rules. */
        MALFORMED,
        /** A frame is longer than what may be skipped. */
        TOO_LARGE,
        /** Sound frames come more often than is tolerated. */
        TOO_MANY
    }
}
