package io.rpcboot.spring.test;

import io.rpcboot.RpcException;
import io.rpcboot.RpcStatus;
import io.rpcboot.demo.proto.GetUserRequest;
import io.rpcboot.demo.proto.GetUserResponse;
import io.rpcboot.demo.proto.LoginRequest;
import io.rpcboot.demo.proto.LoginResponse;
import io.rpcboot.demo.proto.RegisterRequest;
import io.rpcboot.demo.proto.RegisterResponse;
import io.rpcboot.demo.proto.User;
import io.rpcboot.demo.proto.UserService;
import java.util.function.Supplier;

/** A user service without users: it answers with what it is asked for, and says who answered. */
public class PlainUsers implements UserService {

    private final Supplier<String> name;

    public PlainUsers(String name) {
        this(() -> name);
    }

    public PlainUsers(Supplier<String> name) {
        this.name = name;
    }

    @Override
    public LoginResponse login(LoginRequest request) {
        if (request.getPassword().isEmpty()) {
            throw new RpcException(RpcStatus.UNAUTHENTICATED, "wrong name or password");
        }
        return LoginResponse.newBuilder()
                .setUser(User.newBuilder().setName(request.getName()))
                .setServedBy(name.get())
                .build();
    }

    @Override
    public RegisterResponse register(RegisterRequest request) {
        throw new IllegalStateException("secret of the database");
    }

    @Override
    public GetUserResponse getUser(GetUserRequest request) {
        return GetUserResponse.newBuilder()
                .setUser(User.newBuilder().setId(request.getId()))
                .setServedBy(Thread.currentThread().toString())
                .build();
    }
}
