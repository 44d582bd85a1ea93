package io.rpcboot.test.generic;

import com.google.protobuf.BlockingService;
import com.google.protobuf.ByteString;
import com.google.protobuf.RpcCallback;
import com.google.protobuf.RpcController;
import com.google.protobuf.Service;
import com.google.protobuf.ServiceException;
import io.rpcboot.test.generic.Fixbug.LoginRequest;
import io.rpcboot.test.generic.Fixbug.LoginResponse;
import io.rpcboot.test.generic.Fixbug.RegisterRequest;
import io.rpcboot.test.generic.Fixbug.RegisterResponse;
import io.rpcboot.test.generic.Fixbug.ResultCode;
import io.rpcboot.test.generic.Fixbug.UserServiceRpc;

/** User services of all kinds whose logins do what the test says. */
public final class GenericUsers {

    public static final LoginRequest LOGIN =
            LoginRequest.newBuilder().setName(ByteString.copyFromUtf8("zhang")).build();

    private GenericUsers() {}

    /** A reply that says who answers, and names the request. */
    public static LoginResponse answer(String who, LoginRequest request) {
        return LoginResponse.newBuilder()
                .setResult(ResultCode.newBuilder()
                        .setErrmsg(ByteString.copyFromUtf8(
                                who + " knows " + request.getName().toStringUtf8())))
                .setSuccess(true)
                .build();
    }

    public static String text(LoginResponse response) {
        return response.getResult().getErrmsg().toStringUtf8();
    }

    /** What an asynchronous login does. */
    public interface Login {
        void login(RpcController controller, LoginRequest request, RpcCallback<LoginResponse> done);
    }

    /** What a blocking login does. */
    public interface BlockingLogin {
        LoginResponse login(RpcController controller, LoginRequest request) throws ServiceException;
    }

    public static Service service(Login login) {
        return new Extending(login);
    }

    public static BlockingService service(BlockingLogin login) {
        return UserServiceRpc.newReflectiveBlockingService(new Blocking(login));
    }

    /** Extends the generated class. */
    public static class Extending extends UserServiceRpc {
        private final Login login;

        public Extending(Login login) {
            this.login = login;
        }

        @Override
        public void login(RpcController controller, LoginRequest request, RpcCallback<LoginResponse> done) {
            login.login(controller, request, done);
        }

        @Override
        public void register(RpcController controller, RegisterRequest request, RpcCallback<RegisterResponse> done) {
            done.run(RegisterResponse.getDefaultInstance());
        }
    }

    /** Implements the asynchronous interface. */
    public static class Async implements UserServiceRpc.Interface {
        private final Login login;

        public Async(Login login) {
            this.login = login;
        }

        @Override
        public void login(RpcController controller, LoginRequest request, RpcCallback<LoginResponse> done) {
            login.login(controller, request, done);
        }

        @Override
        public void register(RpcController controller, RegisterRequest request, RpcCallback<RegisterResponse> done) {
            done.run(RegisterResponse.getDefaultInstance());
        }
    }

    /** Implements the blocking interface. */
    public static class Blocking implements UserServiceRpc.BlockingInterface {
        private final BlockingLogin login;

        public Blocking(BlockingLogin login) {
            this.login = login;
        }

        @Override
        public LoginResponse login(RpcController controller, LoginRequest request) throws ServiceException {
            return login.login(controller, request);
        }

        @Override
        public RegisterResponse register(RpcController controller, RegisterRequest request) {
            return RegisterResponse.newBuilder().setSuccess(true).build();
        }
    }
}
