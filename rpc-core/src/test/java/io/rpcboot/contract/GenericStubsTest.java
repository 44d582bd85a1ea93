package io.rpcboot.contract;

import static io.rpcboot.test.generic.GenericUsers.LOGIN;
import static io.rpcboot.test.generic.GenericUsers.answer;
import static io.rpcboot.test.generic.GenericUsers.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.protobuf.ServiceException;
import io.rpcboot.Idempotency;
import io.rpcboot.Outcome;
import io.rpcboot.RpcException;
import io.rpcboot.RpcStatus;
import io.rpcboot.client.ReferenceOptions;
import io.rpcboot.client.RpcClient;
import io.rpcboot.test.Network;
import io.rpcboot.test.Probe;
import io.rpcboot.test.ProbeService;
import io.rpcboot.test.generic.Feed;
import io.rpcboot.test.generic.Fixbug.LoginRequest;
import io.rpcboot.test.generic.Fixbug.LoginResponse;
import io.rpcboot.test.generic.Fixbug.RegisterRequest;
import io.rpcboot.test.generic.Fixbug.UserServiceRpc;
import io.rpcboot.test.generic.GenericProbe;
import io.rpcboot.test.generic.GenericUsers;
import io.rpcboot.test.generic.GenericUsers.BlockingLogin;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GenericStubsTest {

    private final Network network = Network.tcp();

    @AfterEach
    void close() throws Exception {
        network.close();
    }

    private void serveUsers() {
        serve((controller, request) -> answer("the server", request));
    }

    private void serve(BlockingLogin login) {
        network.serve(ServiceContract.of(GenericUsers.service(login)).bind(GenericUsers.service(login)), it -> it);
    }

    private static RpcException cause(Throwable failure) {
        return (RpcException) Objects.requireNonNull(failure.getCause());
    }

    @Test
    void aBlockingStubCalls() throws Exception {
        serveUsers();
        UserServiceRpc.BlockingInterface users =
                UserServiceRpc.newBlockingStub(network.client().channel());

        assertThat(text(users.login(null, LOGIN))).isEqualTo("the server knows zhang");
        assertThat(users.register(new CallController(), RegisterRequest.getDefaultInstance())
                        .getSuccess())
                .isTrue();
    }

    @Test
    void anAsynchronousStubGetsItsReplyOffTheEventLoop() {
        serveUsers();
        UserServiceRpc users = UserServiceRpc.newStub(network.client().channel());
        CompletableFuture<String> reply = new CompletableFuture<>();
        CompletableFuture<String> thread = new CompletableFuture<>();

        users.login(null, LOGIN, response -> {
            reply.complete(text(response));
            thread.complete(Thread.currentThread().getName());
        });

        assertThat(reply).succeedsWithin(Network.LONG).isEqualTo("the server knows zhang");
        assertThat(thread).succeedsWithin(Network.LONG).asString().doesNotStartWith("rpc-io");
    }

    @Test
    void clientsOfTheNestedInterfacesAreGivenOut() throws Exception {
        serveUsers();
        RpcClient client = network.client();
        CompletableFuture<LoginResponse> ofInterface = new CompletableFuture<>();
        CompletableFuture<LoginResponse> ofClass = new CompletableFuture<>();

        client.client(UserServiceRpc.Interface.class).login(null, LOGIN, ofInterface::complete);
        client.client(UserServiceRpc.class).login(null, LOGIN, ofClass::complete);

        assertThat(ofInterface).succeedsWithin(Network.LONG).isNotNull();
        assertThat(ofClass).succeedsWithin(Network.LONG).isNotNull();
        assertThat(client.client(UserServiceRpc.BlockingInterface.class)
                        .login(null, LOGIN)
                        .getSuccess())
                .isTrue();
    }

    @Test
    void stubsAndServicesThemselvesAreNoInterfacesOfAContract() {
        assertThat(ServiceContract.of(UserServiceRpc.Stub.class)).isEmpty();
        assertThat(ServiceContract.of(GenericUsers.Extending.class)).isEmpty();
        assertThat(ServiceContract.of(GenericUsers.Login.class)).isEmpty();
        assertThat(ServiceContract.of(com.google.protobuf.Service.class)).isEmpty();
    }

    @Test
    void aContractSaysWhatTheProtoSays() {
        ServiceContract<?, ?> contract =
                ServiceContract.of(UserServiceRpc.Interface.class).orElseThrow();

        assertThat(contract).isSameAs(ServiceContract.of(UserServiceRpc.class).orElseThrow());
        assertThat(contract.name()).isEqualTo("fixbug.UserServiceRpc");
        assertThat(contract.descriptor()).isSameAs(UserServiceRpc.getDescriptor());
        assertThat(contract.methods()).extracting(MethodContract::name).containsExactly("Login", "Register");
        assertThat(contract.methods())
                .extracting(MethodContract::idempotency)
                .containsExactly(Idempotency.NO_SIDE_EFFECTS, Idempotency.UNKNOWN);
    }

    @Test
    void oneChannelServesTheStubsOfAllServices() throws Exception {
        serveUsers();
        network.serve(ProbeService.echo());
        GenericChannel channel = network.client().channel();
        GenericProbe.Text hi = GenericProbe.Text.newBuilder().setText("hi").build();

        assertThat(UserServiceRpc.newBlockingStub(channel).login(null, LOGIN).getSuccess())
                .isTrue();
        assertThat(GenericProbe.Probe.newBlockingStub(channel).echo(null, hi)).isEqualTo(hi);
    }

    @Test
    void bothKindsOfCodeForOneServiceUnderstandEachOther() throws Exception {
        GenericProbe.Probe.BlockingInterface generic = (controller, request) ->
                GenericProbe.Text.newBuilder().setText("generic").build();
        network.serve(
                ServiceContract.of(GenericProbe.Probe.newReflectiveBlockingService(generic))
                        .bind(GenericProbe.Probe.newReflectiveBlockingService(generic)),
                it -> it);
        RpcClient client = network.client();

        assertThat(client.client(Probe.class).echo(ProbeService.text("hi"))).isEqualTo(ProbeService.text("generic"));
        assertThat(client.client(GenericProbe.Probe.BlockingInterface.class)
                        .echo(null, GenericProbe.Text.getDefaultInstance())
                        .getText())
                .isEqualTo("generic");
    }

    @Test
    void messagesWithoutGeneratedCodeAreCarriedToo() throws Exception {
        serveUsers();
        MethodDescriptor login = UserServiceRpc.getDescriptor().findMethodByName("Login");
        Message request = DynamicMessage.newBuilder(LoginRequest.getDescriptor())
                .setField(LoginRequest.getDescriptor().findFieldByName("name"), ByteString.copyFromUtf8("li"))
                .build();

        Message reply = network.client()
                .channel()
                .callBlockingMethod(login, null, request, DynamicMessage.getDefaultInstance(login.getOutputType()));

        assertThat(reply).isInstanceOf(DynamicMessage.class);
        assertThat(text(LoginResponse.parseFrom(reply.toByteString()))).isEqualTo("the server knows li");
    }

    @Test
    void aFailedCallOfABlockingStubThrowsAServiceExceptionThatSaysWhy() {
        serve((controller, request) -> {
            throw new RpcException(RpcStatus.NOT_FOUND, "no zhang");
        });
        CallController controller = new CallController();

        ServiceException failure = catchThrowableOfType(
                ServiceException.class,
                () -> UserServiceRpc.newBlockingStub(network.client().channel()).login(controller, LOGIN));

        assertThat(failure).hasMessageContaining("fixbug.UserServiceRpc/Login: NOT_FOUND: no zhang");
        assertThat(cause(failure).status()).isEqualTo(RpcStatus.NOT_FOUND);
        assertThat(cause(failure).outcome()).isEqualTo(Outcome.RAN);
        assertThat(controller.failed()).isTrue();
        assertThat(controller.errorText()).isEqualTo(failure.getMessage());
        assertThat(controller.failure()).isSameAs(cause(failure));
    }

    @Test
    void aFailedCallOfAnAsynchronousStubRunsDoneWithNullAndTheControllerSaysWhy() {
        CallController controller = new CallController();
        CompletableFuture<Boolean> done = new CompletableFuture<>();

        UserServiceRpc.newStub(network.client().channel())
                .login(controller, LOGIN, response -> done.complete(response == null && controller.failed()));

        assertThat(done).succeedsWithin(Network.LONG).isEqualTo(true);
        assertThat(controller.errorText()).contains("UNAVAILABLE", "fixbug.UserServiceRpc");
        assertThat(controller.failure().outcome()).isEqualTo(Outcome.DID_NOT_RUN);
    }

    @Test
    void theControllerCarriesOptions() {
        CompletableFuture<Void> go = new CompletableFuture<>();
        serve((controller, request) -> {
            go.join();
            return answer("late", request);
        });
        UserServiceRpc.BlockingInterface users =
                UserServiceRpc.newBlockingStub(network.client().channel());
        CallController hurried = new CallController(o -> o.timeout(Duration.ofMillis(50)));

        assertThatExceptionOfType(ServiceException.class)
                .isThrownBy(() -> users.login(hurried, LOGIN))
                .satisfies(failure -> assertThat(cause(failure).status()).isEqualTo(RpcStatus.DEADLINE_EXCEEDED));
        go.complete(null);
    }

    @Test
    void optionsThatCannotBeUsedAreToldAtOnceAndTheControllerIsFree() {
        CallController controller = new CallController(o -> o.timeout(Duration.ofDays(1)));
        UserServiceRpc users = UserServiceRpc.newStub(network.client().channel());

        for (int i = 0; i < 2; i++) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> users.login(controller, LOGIN, response -> {}))
                    .withMessageContaining("PT24H");
        }
    }

    @Test
    void aReferenceMayHaveATimeout() {
        CompletableFuture<Void> go = new CompletableFuture<>();
        serve((controller, request) -> {
            go.join();
            return answer("late", request);
        });
        UserServiceRpc.BlockingInterface users = network.client()
                .client(UserServiceRpc.BlockingInterface.class, new ReferenceOptions(Duration.ofMillis(50)));

        assertThatExceptionOfType(ServiceException.class)
                .isThrownBy(() -> users.login(null, LOGIN))
                .withMessageContaining("DEADLINE_EXCEEDED");
        go.complete(null);
    }

    @Test
    void streamingMethodsAreRefused() {
        Feed.BlockingInterface feed = network.client().client(Feed.BlockingInterface.class);
        CallController controller = new CallController();
        CompletableFuture<LoginResponse> done = new CompletableFuture<>();

        assertThatExceptionOfType(ServiceException.class)
                .isThrownBy(() -> feed.watch(null, LOGIN))
                .withMessageContaining("UNIMPLEMENTED")
                .withMessageContaining("fixbug.Feed/Watch is a streaming method");
        Feed.newStub(network.client().channel()).watch(controller, LOGIN, done::complete);
        assertThat(done).succeedsWithin(Network.LONG).isNull();
        assertThat(controller.errorText()).contains("fixbug.Feed/Watch is a streaming method");
    }
}
