package io.rpcboot.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import io.rpcboot.Idempotency;
import io.rpcboot.MethodKind;
import io.rpcboot.contract.MethodContract;
import io.rpcboot.contract.ServiceBinding;
import io.rpcboot.contract.ServiceContract;
import io.rpcboot.demo.proto.GetUserRequest;
import io.rpcboot.demo.proto.GetUserResponse;
import io.rpcboot.demo.proto.LoginRequest;
import io.rpcboot.demo.proto.LoginResponse;
import io.rpcboot.demo.proto.RegisterRequest;
import io.rpcboot.demo.proto.RegisterResponse;
import io.rpcboot.demo.proto.User;
import io.rpcboot.demo.proto.UserService;
import io.rpcboot.demo.proto.UserServiceAsync;
import io.rpcboot.demo.proto.UserServiceContract;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class UserServiceContractTest {

    private final UserServiceContract contract = UserServiceContract.INSTANCE;

    @Test
    void bothInterfacesLeadToTheContract() {
        assertThat(ServiceContract.of(UserService.class)).contains(contract);
        assertThat(ServiceContract.of(UserServiceAsync.class)).contains(contract);
        assertThat(contract.blockingType()).isEqualTo(UserService.class);
        assertThat(contract.asyncType()).isEqualTo(UserServiceAsync.class);
    }

    @Test
    void theContractHoldsNameAndMethodsInTheirOrder() {
        assertThat(contract.name()).isEqualTo("demo.UserService");
        assertThat(contract.methods())
                .extracting(MethodContract::fullName)
                .containsExactly("demo.UserService/Login", "demo.UserService/Register", "demo.UserService/GetUser");
        assertThat(contract.method("GetUser")).contains(UserServiceContract.GET_USER);
        assertThat(contract.descriptorSet().fingerprint()).hasSize(64);
    }

    @Test
    void onlyWhatIsMarkedSafeIsSafeToRepeat() {
        assertThat(UserServiceContract.GET_USER.idempotency()).isEqualTo(Idempotency.NO_SIDE_EFFECTS);
        assertThat(UserServiceContract.LOGIN.idempotency()).isEqualTo(Idempotency.UNKNOWN);
        assertThat(UserServiceContract.LOGIN.kind()).isEqualTo(MethodKind.UNARY);
    }

    @Test
    void theParsersReadTheMessagesOfTheMethod() throws InvalidProtocolBufferException {
        GetUserRequest request = GetUserRequest.newBuilder().setId(7).build();
        GetUserResponse reply = GetUserResponse.newBuilder()
                .setUser(User.newBuilder().setId(7).setName("Ada"))
                .build();

        assertThat(UserServiceContract.GET_USER.requestParser().parseFrom(request.toByteArray()))
                .isEqualTo(request);
        assertThat(UserServiceContract.GET_USER.replyParser().parseFrom(reply.toByteArray()))
                .isEqualTo(reply);
    }

    @Test
    void aBlockingImplementationAnswersCalls() {
        ServiceBinding binding = contract.bind(new Users());

        var reply = Bindings.call(binding, UserServiceContract.GET_USER, GetUserRequest.getDefaultInstance());

        assertThat(reply.join().message()).isEqualTo(Users.ADA);
    }

    @Test
    void anAsynchronousImplementationAnswersCalls() {
        ServiceBinding binding = contract.bindAsync(new AsyncUsers());

        var reply = Bindings.call(binding, UserServiceContract.GET_USER, GetUserRequest.getDefaultInstance());

        assertThat(reply.join().message()).isEqualTo(Users.ADA);
    }

    @Test
    void whatUserCodeThrowsFailsTheCall() {
        ServiceBinding binding = contract.bind(new Users());

        var reply = Bindings.call(binding, UserServiceContract.LOGIN, LoginRequest.getDefaultInstance());

        assertThatThrownBy(reply::join).hasRootCauseMessage("nobody may come in");
    }

    @Test
    void optionsOfOneClientLeaveTheOtherAlone() {
        RecordingCaller caller = new RecordingCaller();
        UserService users = contract.blockingClient(caller);
        UserService hurried = users.with(options -> options.timeout(Duration.ofMillis(300)));

        hurried.getUser(GetUserRequest.getDefaultInstance());
        assertThat(caller.last().options().timeout()).isEqualTo(Duration.ofMillis(300));

        users.getUser(GetUserRequest.getDefaultInstance());
        assertThat(caller.last().options().timeout()).isNull();
    }

    @Test
    void optionsReachAsynchronousCalls() {
        RecordingCaller caller = new RecordingCaller();
        UserServiceAsync users = contract.asyncClient(caller).with(options -> options.hashKey("Ada"));

        users.getUser(GetUserRequest.getDefaultInstance());

        assertThat(caller.last().options().hashKey()).isEqualTo("Ada");
    }

    @Test
    void anImplementationHasNoUseForOptions() {
        UserService users = new Users();
        UserServiceAsync asyncUsers = new AsyncUsers();

        assertThat(users.with(options -> options.hashKey("Ada"))).isSameAs(users);
        assertThat(asyncUsers.with(options -> options.hashKey("Ada"))).isSameAs(asyncUsers);
    }

    @Test
    void aClientSaysWhatItIs() {
        assertThat(contract.blockingClient(new RecordingCaller()))
                .hasToString("io.rpcboot.demo.proto.UserService client over a recording caller");
    }

    private static class Users implements UserService {

        static final GetUserResponse ADA = GetUserResponse.newBuilder()
                .setUser(User.newBuilder().setId(7).setName("Ada"))
                .build();

        @Override
        public LoginResponse login(LoginRequest request) {
            throw new IllegalStateException("nobody may come in");
        }

        @Override
        public RegisterResponse register(RegisterRequest request) {
            return RegisterResponse.getDefaultInstance();
        }

        @Override
        public GetUserResponse getUser(GetUserRequest request) {
            return ADA;
        }
    }

    private static class AsyncUsers implements UserServiceAsync {

        @Override
        public CompletableFuture<LoginResponse> login(LoginRequest request) {
            return CompletableFuture.completedFuture(LoginResponse.getDefaultInstance());
        }

        @Override
        public CompletableFuture<RegisterResponse> register(RegisterRequest request) {
            return CompletableFuture.completedFuture(RegisterResponse.getDefaultInstance());
        }

        @Override
        public CompletableFuture<GetUserResponse> getUser(GetUserRequest request) {
            return CompletableFuture.completedFuture(Users.ADA);
        }
    }
}
