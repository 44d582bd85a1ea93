package io.rpcboot.faults.net;

/** The machine, or the user, lacks something that a fault needs: nothing is known of the promise then. */
public final class UnsupportedMachineException extends Exception {

    private static final long serialVersionUID = 1L;

    public UnsupportedMachineException(String message) {
        super(message);
    }
}
