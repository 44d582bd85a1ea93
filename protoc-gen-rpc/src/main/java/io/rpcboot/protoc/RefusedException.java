package io.rpcboot.protoc;

/** A request that cannot be served as it is; the message tells the user what is wrong, where, and what to do. */
final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
        super(message);
    }
}
