package io.rpcboot.samples.plain;

/** Knows one user. */
final class Users implements UserServiceRpc {

    @Override
    public LoginResponse login(LoginRequest request) {
        boolean known = request.getName().toStringUtf8().equals("zhang san")
                && request.getPwd().toStringUtf8().equals("123456");
        return LoginResponse.newBuilder().setSuccess(known).build();
    }
}
