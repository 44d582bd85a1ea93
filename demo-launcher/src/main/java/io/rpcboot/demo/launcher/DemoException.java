package io.rpcboot.demo.launcher;

/** Why the demo cannot go on, in words for the person who started it. */
final class DemoException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DemoException(String message) {
        super(message);
    }

    DemoException(String message, Throwable cause) {
        super(message + " (" + cause + ')', cause);
    }
}
