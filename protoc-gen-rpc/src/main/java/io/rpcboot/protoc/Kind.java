package io.rpcboot.protoc;

import com.google.protobuf.Descriptors.MethodDescriptor;

/** Which sides of a method are streams. */
enum Kind {
    UNARY("unary"),
    SERVER_STREAM("serverStream"),
    CLIENT_STREAM("clientStream"),
    BIDI_STREAM("bidiStream");

    private final String verb;

    Kind(String verb) {
        this.verb = verb;
    }

    static Kind of(MethodDescriptor method) {
        if (method.isClientStreaming()) {
            return method.isServerStreaming() ? BIDI_STREAM : CLIENT_STREAM;
        }
        return method.isServerStreaming() ? SERVER_STREAM : UNARY;
    }

    /** What the method for this kind is called, both where calls are made and where they are bound. */
    String verb() {
        return verb;
    }

    boolean clientStreams() {
        return this == CLIENT_STREAM || this == BIDI_STREAM;
    }

    boolean serverStreams() {
        return this == SERVER_STREAM || this == BIDI_STREAM;
    }
}
