package io.rpcboot.server;

/** The server's address could not be bound: the port is taken, or the address is not one of this machine. */
public final class BindFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String host;
    private final int port;

    BindFailedException(String host, int port, Throwable cause) {
        super("the RPC server could not bind " + host + ':' + port + ": " + cause.getMessage(), cause);
        this.host = host;
        this.port = port;
    }

    public String host() {
        return host;
    }

    public int port() {
        return port;
    }
}
