package io.rpcboot.demo.user;

import io.rpcboot.RpcException;
import io.rpcboot.RpcStatus;
import java.nio.charset.StandardCharsets;

/**
 * A name and a password that an account can be made of. Immutable.
 *
 * @param name 1 to 64 characters, without white space around it
 * @param password 1 to 72 bytes in UTF-8, which is all that BCrypt looks at
 */
record Credentials(String name, String password) {

    private static final int MAX_NAME_LENGTH = 64;
    private static final int MAX_PASSWORD_BYTES = 72;

    /**
     * Takes the white space around the name away and checks both.
     *
     * @throws RpcException INVALID_ARGUMENT if one of them is empty or too long
     */
    static Credentials of(String name, String password) {
        Credentials credentials = new Credentials(name.strip(), password);
        credentials.check();
        return credentials;
    }

    private void check() {
        int nameLength = name.codePointCount(0, name.length());
        if (nameLength < 1 || nameLength > MAX_NAME_LENGTH) {
            throw invalid("name: " + nameLength + " characters (expected: 1.." + MAX_NAME_LENGTH + ")");
        }
        int passwordBytes = password.getBytes(StandardCharsets.UTF_8).length;
        if (passwordBytes < 1 || passwordBytes > MAX_PASSWORD_BYTES) {
            throw invalid("password: " + passwordBytes + " bytes (expected: 1.." + MAX_PASSWORD_BYTES + ")");
        }
    }

    private static RpcException invalid(String description) {
        return new RpcException(RpcStatus.INVALID_ARGUMENT, description);
    }

    /** Without the password, which must not get into a log. */
    @Override
    public String toString() {
        return "Credentials[name=" + name + ']';
    }
}
