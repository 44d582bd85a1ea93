package io.rpcboot.spring.zookeeper;

/** A node that is not a valid endpoint; the message says why. */
final class BadNodeException extends Exception {

    private static final long serialVersionUID = 1L;

    BadNodeException(String message) {
        super(message);
    }

    BadNodeException(String message, Throwable cause) {
        super(message, cause);
    }
}
