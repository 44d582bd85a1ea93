package io.rpcboot.server;

import static io.rpcboot.test.generic.GenericUsers.LOGIN;
import static io.rpcboot.test.generic.GenericUsers.answer;
import static io.rpcboot.test.generic.GenericUsers.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.BlockingService;
import com.google.protobuf.RpcCallback;
import com.google.protobuf.RpcController;
import com.google.protobuf.Service;
import com.google.protobuf.ServiceException;
import io.rpcboot.Endpoint;
import io.rpcboot.Outcome;
import io.rpcboot.Reason;
import io.rpcboot.RpcException;
import io.rpcboot.RpcStatus;
import io.rpcboot.client.RpcClient;
import io.rpcboot.contract.ServiceBinding;
import io.rpcboot.contract.ServiceContract;
import io.rpcboot.naming.FixedEndpoints;
import io.rpcboot.test.Network;
import io.rpcboot.test.generic.Feed;
import io.rpcboot.test.generic.Fixbug.LoginRequest;
import io.rpcboot.test.generic.Fixbug.LoginResponse;
import io.rpcboot.test.generic.Fixbug.UserServiceRpc;
import io.rpcboot.test.generic.GenericUsers;
import io.rpcboot.test.generic.GenericUsers.BlockingLogin;
import io.rpcboot.test.generic.GenericUsers.Login;
import io.rpcboot.transport.MprpcOptions;
import io.rpcboot.transport.MprpcService;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GenericServicesTest {

    private final Network network = Network.tcp();

    @AfterEach
    void close() throws Exception {
        network.close();
    }

    private void serve(Service service) {
        network.serve(ServiceContract.of(service).bindAsync(service), it -> it);
    }

    private void serve(BlockingService service, UnaryOperator<RpcServer.Builder> settings) {
        network.serve(ServiceContract.of(service).bind(service), settings);
    }

    private void serve(Login login) {
        serve(GenericUsers.service(login));
    }

    private void serve(BlockingLogin login) {
        serve(GenericUsers.service(login), it -> it);
    }

    private LoginResponse login() throws ServiceException {
        return UserServiceRpc.newBlockingStub(network.client().channel()).login(null, LOGIN);
    }

    private RpcException failure() {
        ServiceException failure = catchThrowableOfType(ServiceException.class, this::login);
        return (RpcException) Objects.requireNonNull(failure.getCause());
    }

    @Test
    void aServiceMayAnswerLaterFromAnyThread() throws Exception {
        serve((controller, request, done) -> new Thread(() -> done.run(answer("another thread", request))).start());

        assertThat(text(login())).isEqualTo("another thread knows zhang");
    }

    @Test
    void stubsAndServicesSpeakMprpcToo() throws Exception {
        RpcServer server = network.serve(
                bound(GenericUsers.service((BlockingLogin) (controller, request) -> answer("mprpc", request))),
                it -> it.mprpc(MprpcOptions.DEFAULT.withTimeout(Network.LONG)));
        RpcClient client =
                network.client(it -> it.mprpcResolver(FixedEndpoints.of(Endpoint.of("127.0.0.1", server.port())))
                        .service(
                                "fixbug.UserServiceRpc",
                                io.rpcboot.client.ServiceOptions.builder()
                                        .mprpc(MprpcService.DEFAULT)
                                        .build()));

        LoginResponse blocking =
                UserServiceRpc.newBlockingStub(client.channel()).login(null, LOGIN);
        CompletableFuture<LoginResponse> async = new CompletableFuture<>();
        UserServiceRpc.newStub(client.channel()).login(null, LOGIN, async::complete);

        assertThat(text(blocking)).isEqualTo("mprpc knows zhang");
        assertThat(async).succeedsWithin(Network.LONG).isEqualTo(blocking);
    }

    private static ServiceBinding bound(BlockingService service) {
        return ServiceContract.of(service).bind(service);
    }

    @Test
    void implementationsOfTheNestedInterfacesAreBoundByTheContractOfTheClass() throws Exception {
        network.serve(
                contract(UserServiceRpc.BlockingInterface.class)
                        .bind(new GenericUsers.Blocking((controller, request) -> answer("blocking", request))),
                it -> it);

        assertThat(text(login())).isEqualTo("blocking knows zhang");
    }

    @Test
    void asynchronousImplementationsAreBoundByTheContractOfTheClass() throws Exception {
        network.serve(
                contract(UserServiceRpc.Interface.class)
                        .bindAsync(new GenericUsers.Async(
                                (controller, request, done) -> done.run(answer("asynchronous", request)))),
                it -> it);

        assertThat(text(login())).isEqualTo("asynchronous knows zhang");
    }

    @SuppressWarnings("unchecked")
    private static ServiceContract<UserServiceRpc.BlockingInterface, UserServiceRpc.Interface> contract(
            Class<?> nested) {
        return (ServiceContract<UserServiceRpc.BlockingInterface, UserServiceRpc.Interface>)
                ServiceContract.of(nested).orElseThrow();
    }

    @Test
    void aServerTakesServicesAsTheyAre() {
        RpcServer server = RpcServer.builder(network.transport())
                .address(new InetSocketAddress("127.0.0.1", 0))
                .service(GenericUsers.service((controller, request) -> answer("blocking", request)))
                .service(Feed.newReflectiveService(new Feeds()))
                .build();

        assertThat(server.serviceNames()).containsExactly("fixbug.UserServiceRpc", "fixbug.Feed");
        server.close();
    }

    @Test
    void setFailedEndsTheCallAsAbortedWithTheReason() {
        serve((controller, request, done) -> {
            controller.setFailed("wrong password");
            done.run(null);
        });

        RpcException failure = failure();

        assertThat(failure.status()).isEqualTo(RpcStatus.ABORTED);
        assertThat(failure.description()).isEqualTo("wrong password");
        assertThat(failure.outcome()).isEqualTo(Outcome.RAN);
        assertThat(failure.reason()).isEqualTo(Reason.APPLICATION);
    }

    @Test
    void setFailedOfABlockingServiceWinsOverItsReply() {
        serve((controller, request) -> {
            controller.setFailed("wrong password");
            return answer("nobody", request);
        });

        assertThat(failure().description()).isEqualTo("wrong password");
    }

    @Test
    void aServiceExceptionEndsTheCallAsAbortedWithItsMessage() {
        serve((controller, request) -> {
            throw new ServiceException("wrong password", new IllegalStateException("secret"));
        });

        RpcException failure = failure();

        assertThat(failure.status()).isEqualTo(RpcStatus.ABORTED);
        assertThat(failure.description()).isEqualTo("wrong password");
        assertThat(failure.outcome()).isEqualTo(Outcome.RAN);
    }

    @Test
    void aServiceExceptionThatOnlyWrapsAnotherOneIsNotShown() {
        serve((controller, request) -> {
            throw new ServiceException(new IllegalStateException("secret"));
        });

        RpcException failure = failure();

        assertThat(failure.status()).isEqualTo(RpcStatus.INTERNAL);
        assertThat(failure).hasMessageNotContaining("secret");
    }

    @Test
    void anRpcExceptionChoosesTheStatusInBothStyles() {
        serve((Login) (controller, request, done) -> {
            throw new RpcException(RpcStatus.PERMISSION_DENIED, "not you");
        });

        assertThat(failure().status()).isEqualTo(RpcStatus.PERMISSION_DENIED);
        assertThat(failure().description()).isEqualTo("not you");
    }

    @Test
    void mappersAreAskedBeforeAServiceExceptionIsTakenAsItIs() {
        serve(
                GenericUsers.service((BlockingLogin) (controller, request) -> {
                    throw new ServiceException("no zhang");
                }),
                it -> it.exceptionMapper(failure -> failure instanceof ServiceException
                        ? new RpcException(RpcStatus.NOT_FOUND, failure.getMessage())
                        : null));

        assertThat(failure().status()).isEqualTo(RpcStatus.NOT_FOUND);
    }

    @Test
    void theFailureOfAStubThatNobodyCatchesIsNotTakenForThatOfThisCall() {
        UserServiceRpc.BlockingInterface nowhere = nowhere();
        serve((controller, request) -> nowhere.login(null, request));

        RpcException failure = failure();

        assertThat(failure.status()).isEqualTo(RpcStatus.UNAVAILABLE);
        assertThat(failure.outcome()).isEqualTo(Outcome.RAN);
        assertThat(failure.description()).isEqualTo("a call that the method made failed");
    }

    private UserServiceRpc.BlockingInterface nowhere() {
        return UserServiceRpc.newBlockingStub(
                network.client(it -> it.resolver(FixedEndpoints.of())).channel());
    }

    @Test
    void aServiceMayRecoverFromTheFailureOfACallThatItMadeWithItsController() throws Exception {
        UserServiceRpc.BlockingInterface nowhere = nowhere();
        serve((controller, request) -> {
            try {
                return nowhere.login(controller, request);
            } catch (ServiceException e) {
                return answer(controller.failed() ? "the other" : "nobody", request);
            }
        });

        assertThat(text(login())).isEqualTo("the other knows zhang");
    }

    @Test
    void theFailureOfACallThatIsHandedThroughIsNotTakenForThatOfThisCall() {
        UserServiceRpc nowhere = UserServiceRpc.newStub(
                network.client(it -> it.resolver(FixedEndpoints.of())).channel());
        serve((controller, request, done) -> nowhere.login(controller, request, done));

        RpcException failure = failure();

        assertThat(failure.status()).isEqualTo(RpcStatus.UNAVAILABLE);
        assertThat(failure.description()).isEqualTo("a call that the method made failed");
    }

    @Test
    void aCallMadeWithTheControllerOutlivesTheCallThatIsServed() throws Exception {
        CompletableFuture<Void> served = new CompletableFuture<>();
        CompletableFuture<LoginResponse> made = new CompletableFuture<>();
        Network behind = Network.tcp();
        try (AutoCloseable closing = behind) {
            Service slow = GenericUsers.service(
                    (Login) (controller, request, done) -> served.thenRun(() -> done.run(answer("behind", request))));
            behind.serve(ServiceContract.of(slow).bindAsync(slow), it -> it);
            UserServiceRpc stub = UserServiceRpc.newStub(behind.client().channel());
            serve((Login) (controller, request, done) -> {
                stub.login(controller, request, made::complete);
                done.run(answer("front", request));
            });

            assertThat(text(login())).isEqualTo("front knows zhang");
            served.complete(null);

            assertThat(made)
                    .succeedsWithin(Network.LONG)
                    .extracting(GenericUsers::text)
                    .isEqualTo("behind knows zhang");
        }
    }

    @Test
    void aReplyOfNothingWithoutAReasonIsAFaultOfTheService() {
        serve((controller, request, done) -> done.run(null));

        assertThat(failure().status()).isEqualTo(RpcStatus.INTERNAL);
        assertThat(failure()).hasMessageContaining("returned null");
    }

    @Test
    void aSecondDoneIsRefusedAndTheFirstCounts() throws Exception {
        CompletableFuture<RuntimeException> refused = new CompletableFuture<>();
        serve((controller, request, done) -> {
            done.run(answer("first", request));
            try {
                done.run(answer("second", request));
            } catch (IllegalStateException e) {
                refused.complete(e);
            }
        });

        assertThat(text(login())).isEqualTo("first knows zhang");
        assertThat(refused)
                .succeedsWithin(Network.LONG)
                .satisfies(e -> assertThat(e).hasMessageContaining("fixbug.UserServiceRpc/Login"));
    }

    @Test
    void callbacksForACancellationRunOnceWhenTheCallIsOverWithoutOne() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        AtomicReference<RpcController> seen = new AtomicReference<>();
        CompletableFuture<Boolean> cancelled = new CompletableFuture<>();
        serve((controller, request, done) -> {
            seen.set(controller);
            controller.notifyOnCancel(nothing -> {
                runs.incrementAndGet();
                cancelled.complete(controller.isCanceled());
            });
            assertThat(runs).hasValue(0);
            done.run(answer("it", request));
        });
        login();
        assertThat(cancelled).succeedsWithin(Network.LONG).isEqualTo(false);

        seen.get().notifyOnCancel(nothing -> runs.addAndGet(10));

        assertThat(runs).hasValue(11);
    }

    @Test
    void callbacksOfABlockingServiceRunWhenItsMethodHasEnded() throws Exception {
        CompletableFuture<Boolean> cancelled = new CompletableFuture<>();
        serve((controller, request) -> {
            controller.notifyOnCancel(nothing -> cancelled.complete(controller.isCanceled()));
            assertThat(cancelled).isNotDone();
            return answer("it", request);
        });

        login();

        assertThat(cancelled).succeedsWithin(Network.LONG).isEqualTo(false);
    }

    @Test
    void whatIsForTheCallerIsRefusedAtTheServer() throws Exception {
        CompletableFuture<Void> refused = new CompletableFuture<>();
        serve((controller, request) -> {
            assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(controller::reset);
            assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(controller::startCancel);
            assertThat(controller.failed()).isFalse();
            refused.complete(null);
            return answer("it", request);
        });

        login();

        assertThat(refused).isCompleted();
    }

    @Test
    void aStreamingMethodIsRefusedAndItsSiblingsAreServed() throws Exception {
        serve(Feed.newReflectiveService(new Feeds()));
        Feed.BlockingInterface feed = Feed.newBlockingStub(network.client().channel());

        assertThat(text(feed.latest(null, LOGIN))).isEqualTo("feed knows zhang");
        assertThatExceptionOfType(ServiceException.class).isThrownBy(() -> feed.watch(null, LOGIN));
    }

    @Test
    void aContractOfAServiceMakesNoClients() {
        ServiceContract<BlockingService, Service> contract =
                ServiceContract.of(GenericUsers.service((controller, request) -> answer("it", request)));

        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> contract.asyncClient(null))
                .withMessageContaining("fixbug.UserServiceRpc");
    }

    private static final class Feeds implements Feed.Interface {
        @Override
        public void latest(RpcController controller, LoginRequest request, RpcCallback<LoginResponse> done) {
            done.run(answer("feed", request));
        }

        @Override
        public void watch(RpcController controller, LoginRequest request, RpcCallback<LoginResponse> done) {
            throw new AssertionError("a stream was served");
        }
    }
}
