package io.rpcboot.benchmarks.contender.rpc;

import io.rpcboot.benchmarks.contender.Messages;
import io.rpcboot.demo.proto.GetUserRequest;
import io.rpcboot.demo.proto.GetUserResponse;
import io.rpcboot.demo.proto.LoginRequest;
import io.rpcboot.demo.proto.LoginResponse;
import io.rpcboot.demo.proto.RegisterRequest;
import io.rpcboot.demo.proto.RegisterResponse;
import io.rpcboot.demo.proto.UserService;

/** Lets everybody in. */
public class Users implements UserService {

    @Override
    public LoginResponse login(LoginRequest request) {
        return Messages.login(request);
    }

    @Override
    public RegisterResponse register(RegisterRequest request) {
        throw new UnsupportedOperationException("not measured");
    }

    @Override
    public GetUserResponse getUser(GetUserRequest request) {
        throw new UnsupportedOperationException("not measured");
    }
}
