package io.rpcboot.spring.test;

import io.rpcboot.demo.proto.GetUserRequest;
import io.rpcboot.demo.proto.LoginRequest;
import io.rpcboot.demo.proto.RegisterRequest;
import io.rpcboot.demo.proto.UserService;

/** Calls that tests make. */
public final class Calls {

    public static final LoginRequest LOGIN =
            LoginRequest.newBuilder().setName("ada").setPassword("x").build();
    public static final LoginRequest WRONG_LOGIN =
            LoginRequest.newBuilder().setName("ada").build();
    public static final RegisterRequest REGISTER =
            RegisterRequest.newBuilder().setName("ada").build();
    public static final GetUserRequest GET_USER =
            GetUserRequest.newBuilder().setId(7).build();

    private Calls() {}

    /** Who answers a login at the service. */
    public static String servedBy(UserService users) {
        return users.login(LOGIN).getServedBy();
    }
}
