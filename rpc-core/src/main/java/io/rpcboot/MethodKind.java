package io.rpcboot;

/** Which sides of a call are streams. */
public enum MethodKind {
    UNARY,
    SERVER_STREAM,
    CLIENT_STREAM,
    BIDI_STREAM;

    public boolean clientStreams() {
        return this == CLIENT_STREAM || this == BIDI_STREAM;
    }

    public boolean serverStreams() {
        return this == SERVER_STREAM || this == BIDI_STREAM;
    }
}
