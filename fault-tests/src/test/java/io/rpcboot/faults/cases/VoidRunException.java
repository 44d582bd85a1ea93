package io.rpcboot.faults.cases;

/** The load failed before there was a fault, so that the run shows nothing. */
public final class VoidRunException extends Exception {

    private static final long serialVersionUID = 1L;

    VoidRunException(String message) {
        super(message);
    }
}
