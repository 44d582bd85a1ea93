package io.rpcboot.transport;

import com.google.protobuf.ByteString;
import io.rpcboot.test.mprpc.FiendServiceRpc;
import io.rpcboot.test.mprpc.GetFriendsListRequest;
import io.rpcboot.test.mprpc.GetFriendsListResponse;
import io.rpcboot.test.mprpc.LoginRequest;
import io.rpcboot.test.mprpc.LoginResponse;
import io.rpcboot.test.mprpc.RegisterRequest;
import io.rpcboot.test.mprpc.RegisterResponse;
import io.rpcboot.test.mprpc.ResultCode;
import io.rpcboot.test.mprpc.UserServiceRpc;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/** The services of the C++ demo, which answer as they do there, and note what they are asked. */
class MprpcUsers implements UserServiceRpc {

    final Queue<Object> asked = new ConcurrentLinkedQueue<>();

    @Override
    public LoginResponse login(LoginRequest request) {
        asked.add(request);
        return LoginResponse.newBuilder()
                .setResult(ResultCode.getDefaultInstance())
                .setSuccess(true)
                .build();
    }

    @Override
    public RegisterResponse register(RegisterRequest request) {
        asked.add(request);
        return request.getId() == 0
                ? RegisterResponse.getDefaultInstance()
                : RegisterResponse.newBuilder()
                        .setResult(ResultCode.getDefaultInstance())
                        .setSuccess(true)
                        .build();
    }

    FiendServiceRpc friends() {
        return this::friends;
    }

    private GetFriendsListResponse friends(GetFriendsListRequest request) {
        asked.add(request);
        GetFriendsListResponse.Builder friends =
                GetFriendsListResponse.newBuilder().setResult(ResultCode.getDefaultInstance());
        Stream.of("gao yang", "liu hong", "wang shuo")
                .map(ByteString::copyFromUtf8)
                .forEach(friends::addFriends);
        return friends.build();
    }
}
