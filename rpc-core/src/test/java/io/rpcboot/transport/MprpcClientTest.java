package io.rpcboot.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.rpcboot.Cancellation;
import io.rpcboot.Deadline;
import io.rpcboot.Endpoint;
import io.rpcboot.Metadata;
import io.rpcboot.Outcome;
import io.rpcboot.Reason;
import io.rpcboot.RpcCall;
import io.rpcboot.RpcException;
import io.rpcboot.RpcStatus;
import io.rpcboot.balance.RoundRobin;
import io.rpcboot.client.RpcClient;
import io.rpcboot.client.ServiceOptions;
import io.rpcboot.naming.FixedEndpoints;
import io.rpcboot.server.RpcServer;
import io.rpcboot.test.Network;
import io.rpcboot.test.mprpc.FiendServiceRpc;
import io.rpcboot.test.mprpc.FiendServiceRpcContract;
import io.rpcboot.test.mprpc.GetFriendsListRequest;
import io.rpcboot.test.mprpc.HealthServiceRpc;
import io.rpcboot.test.mprpc.HealthServiceRpcContract;
import io.rpcboot.test.mprpc.LoginRequest;
import io.rpcboot.test.mprpc.LoginResponse;
import io.rpcboot.test.mprpc.Nothing;
import io.rpcboot.test.mprpc.RegisterRequest;
import io.rpcboot.test.mprpc.RegisterResponse;
import io.rpcboot.test.mprpc.UserServiceRpc;
import io.rpcboot.test.mprpc.UserServiceRpcAsync;
import io.rpcboot.test.mprpc.UserServiceRpcContract;
import io.rpcboot.wire.MprpcHeaderSize;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Providers that speak mprpc, as the C++ ones behave in health, in trouble and at their end. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MprpcClientTest {

    private static final MprpcService USERS = MprpcService.DEFAULT;
    private static final MprpcService FRIENDS = MprpcService.DEFAULT;
    private static final LoginRequest LOGIN = LoginRequest.newBuilder()
            .setName(ByteString.copyFromUtf8("zhang san"))
            .setPwd(ByteString.copyFromUtf8("123456"))
            .build();
    private static final RegisterRequest REGISTER = RegisterRequest.newBuilder()
            .setId(20)
            .setName(ByteString.copyFromUtf8("mprpc"))
            .setPwd(ByteString.copyFromUtf8("666666"))
            .build();
    private static final GetFriendsListRequest FRIENDS_OF_1000 =
            GetFriendsListRequest.newBuilder().setUserid(1000).build();

    private Network network;

    @BeforeEach
    void open() {
        network = Network.tcp();
    }

    @AfterEach
    void close() throws Exception {
        network.close();
    }

    private RpcClient client(MprpcService users, MprpcService friends, int... ports) {
        Endpoint[] endpoints = IntStream.of(ports)
                .mapToObj(port -> Endpoint.of("127.0.0.1", port))
                .toArray(Endpoint[]::new);
        return network.client(it -> it.mprpcResolver(FixedEndpoints.of(endpoints))
                .loadBalancer(RoundRobin::new)
                .service(
                        UserServiceRpcContract.INSTANCE.name(),
                        ServiceOptions.builder().mprpc(users).build())
                .service(
                        FiendServiceRpcContract.INSTANCE.name(),
                        ServiceOptions.builder().mprpc(friends).build()));
    }

    private UserServiceRpc users(MprpcProvider... providers) {
        return client(USERS, FRIENDS, ports(providers)).client(UserServiceRpc.class);
    }

    private FiendServiceRpc friends(MprpcProvider... providers) {
        return client(USERS, FRIENDS, ports(providers)).client(FiendServiceRpc.class);
    }

    private static int[] ports(MprpcProvider... providers) {
        return Stream.of(providers).mapToInt(MprpcProvider::port).toArray();
    }

    private static RpcException failure(Runnable call) {
        RpcException failure = catchThrowableOfType(RpcException.class, call::run);
        assertThat(failure).as("failure").isNotNull();
        return failure;
    }

    @Test
    void callsAreTheCapturedBytes() throws Exception {
        try (MprpcProvider provider = MprpcProvider.answering(MprpcBytes.LOGIN.reply());
                MprpcProvider other = MprpcProvider.answering(MprpcBytes.FRIENDS.reply())) {
            LoginResponse login = users(provider).login(LOGIN);
            RegisterResponse register = users(provider).register(REGISTER);
            users(provider).register(RegisterRequest.getDefaultInstance());
            int friends = friends(other).getFriendsList(FRIENDS_OF_1000).getFriendsCount();

            assertThat(login.getSuccess()).isTrue();
            assertThat(login.hasResult()).isTrue();
            assertThat(register.getSuccess()).isTrue();
            assertThat(friends).isEqualTo(3);
            assertThat(provider.requests)
                    .containsExactly(
                            MprpcBytes.LOGIN.request(),
                            MprpcBytes.REGISTER.request(),
                            MprpcBytes.REGISTER_NOBODY.request());
            assertThat(other.requests).containsExactly(MprpcBytes.FRIENDS.request());
        }
    }

    @Test
    void aReplyIsPutTogetherWhereverItIsCut() throws Exception {
        byte[] reply = MprpcBytes.FRIENDS.reply();
        int[] cut = {0};
        try (MprpcProvider provider = new MprpcProvider((caller, request) -> {
            caller.getOutputStream().write(reply, 0, cut[0]);
            caller.getOutputStream().write(reply, cut[0], reply.length - cut[0]);
        })) {
            FiendServiceRpc friends = friends(provider);
            for (cut[0] = 1; cut[0] < reply.length; cut[0]++) {
                assertThat(friends.getFriendsList(FRIENDS_OF_1000).toByteArray())
                        .isEqualTo(reply);
            }
        }
    }

    @Test
    void aLongReplyIsReadToItsEnd() throws Exception {
        LoginResponse reply = replyOf(2_000_000);
        try (MprpcProvider provider = MprpcProvider.answering(reply.toByteArray())) {
            assertThat(users(provider).login(LOGIN)).isEqualTo(reply);
        }
    }

    @Test
    void aReplyOverTheLimitFailsTheCall() throws Exception {
        try (MprpcProvider provider = MprpcProvider.answering(replyOf(5_000_000).toByteArray())) {
            RpcException failure = failure(() -> users(provider).login(LOGIN));

            assertThat(failure.status()).isEqualTo(RpcStatus.RESOURCE_EXHAUSTED);
            assertThat(failure.reason()).isEqualTo(Reason.MESSAGE_TOO_LARGE);
        }
    }

    private static LoginResponse replyOf(int bytes) {
        LoginResponse.Builder reply = LoginResponse.newBuilder();
        reply.getResultBuilder().setErrmsg(ByteString.copyFrom(new byte[bytes]));
        return reply.build();
    }

    @Test
    void aRequestThatAProviderMightReadInPartsIsNotSent() throws Exception {
        LoginRequest large =
                LOGIN.toBuilder().setPwd(ByteString.copyFrom(new byte[1400])).build();
        try (MprpcProvider provider = MprpcProvider.answering(MprpcBytes.LOGIN.reply())) {
            RpcException failure = failure(() -> users(provider).login(large));

            assertThat(failure.status()).isEqualTo(RpcStatus.RESOURCE_EXHAUSTED);
            assertThat(failure.outcome()).isEqualTo(Outcome.DID_NOT_RUN);
            assertThat(failure)
                    .hasMessageContaining("rpc.client.services.fixbug.UserServiceRpc.mprpc.max-request-size");
            assertThat(provider.requests).isEmpty();
            UserServiceRpc patient = client(USERS.withMaxRequestBytes(2000), FRIENDS, provider.port())
                    .client(UserServiceRpc.class);
            assertThat(patient.login(large).getSuccess()).isTrue();
        }
    }

    @Test
    void anEndWithoutAByteIsAFailureSinceADyingProviderLooksTheSame() throws Exception {
        try (MprpcProvider provider = new MprpcProvider((caller, request) -> {})) {
            RpcException failure = failure(() -> users(provider).login(LOGIN));

            assertThat(failure.status()).isEqualTo(RpcStatus.UNAVAILABLE);
            assertThat(failure.outcome()).isEqualTo(Outcome.MAY_HAVE_RUN);
            assertThat(failure)
                    .hasMessageContaining("rpc.client.services.fixbug.UserServiceRpc.methods.Login.empty-reply=accept");
            assertThat(provider.requests).hasSize(1);
        }
    }

    @Test
    void anEmptyReplyIsAMessageWhereTheMethodSaysSo() throws Exception {
        try (MprpcProvider provider = new MprpcProvider((caller, request) -> {})) {
            UserServiceRpc users = client(USERS.withEmptyReplies(Set.of("Register")), FRIENDS, provider.port())
                    .client(UserServiceRpc.class);

            assertThat(users.register(REGISTER)).isEqualTo(RegisterResponse.getDefaultInstance());
            assertThat(failure(() -> users.login(LOGIN)).status()).isEqualTo(RpcStatus.UNAVAILABLE);
        }
    }

    @Test
    void whatIsNoMessageFailsTheCall() throws Exception {
        try (MprpcProvider provider = MprpcProvider.answering(new byte[] {(byte) 0xff, 1, 2})) {
            RpcException failure = failure(() -> users(provider).login(LOGIN));

            assertThat(failure.status()).isEqualTo(RpcStatus.INTERNAL);
            assertThat(failure.reason()).isEqualTo(Reason.BAD_REPLY);
        }
    }

    @Test
    void aResetAfterTheRequestMayHaveRun() throws Exception {
        try (MprpcProvider provider = MprpcProvider.resetting()) {
            RpcException failure = failure(() -> users(provider).login(LOGIN));

            assertThat(failure.status()).isEqualTo(RpcStatus.UNAVAILABLE);
            assertThat(failure.outcome()).isEqualTo(Outcome.MAY_HAVE_RUN);
            assertThat(provider.requests).hasSize(1);
        }
    }

    @Test
    void onlyASafeMethodIsTriedAgainAfterItMayHaveRun() throws Exception {
        try (MprpcProvider dying = MprpcProvider.resetting();
                MprpcProvider living = MprpcProvider.answering(MprpcBytes.FRIENDS.reply())) {
            FiendServiceRpc friends = friends(dying, living);
            for (int i = 0; i < 4; i++) {
                assertThat(friends.getFriendsList(FRIENDS_OF_1000).getFriendsCount())
                        .isEqualTo(3);
            }

            assertThat(dying.requests).isNotEmpty();
        }
    }

    @Test
    void aProviderThatIsGoneDidNotRunItAndAnotherOneDoes() throws Exception {
        MprpcProvider gone = MprpcProvider.answering(MprpcBytes.LOGIN.reply());
        gone.close();
        try (MprpcProvider living = MprpcProvider.answering(MprpcBytes.LOGIN.reply())) {
            UserServiceRpc users = users(gone, living);
            for (int i = 0; i < 4; i++) {
                assertThat(users.login(LOGIN).getSuccess()).isTrue();
            }
            RpcException failure = failure(() -> users(gone).login(LOGIN));

            assertThat(failure.status()).isEqualTo(RpcStatus.UNAVAILABLE);
            assertThat(failure.outcome()).isEqualTo(Outcome.DID_NOT_RUN);
            assertThat(failure).hasMessageContaining("connecting failed");
        }
    }

    @Test
    void aProviderThatDiesFailsTheCallAndIsThenGone() throws Exception {
        try (MprpcProvider provider = MprpcProvider.likeCpp(Map.of("UserServiceRpc.Login", MprpcBytes.LOGIN.reply()))) {
            UserServiceRpc users = client(USERS, FRIENDS, provider.port()).client(UserServiceRpc.class);
            UserServiceRpc deadly = client(USERS.withHeaderSize(MprpcHeaderSize.BIG_ENDIAN), FRIENDS, provider.port())
                    .client(UserServiceRpc.class);

            assertThat(users.login(LOGIN).getSuccess()).isTrue();
            RpcException death = failure(() -> deadly.login(LOGIN));
            RpcException gone = failure(() -> users.login(LOGIN));

            assertThat(death.status()).isEqualTo(RpcStatus.UNAVAILABLE);
            assertThat(death.outcome()).isEqualTo(Outcome.MAY_HAVE_RUN);
            assertThat(gone.status()).isEqualTo(RpcStatus.UNAVAILABLE);
            assertThat(gone.outcome()).isEqualTo(Outcome.DID_NOT_RUN);
        }
    }

    @Test
    void aMethodThatTheProviderDoesNotKnowEndsAtTheDeadline() throws Exception {
        try (MprpcProvider provider = MprpcProvider.likeCpp(Map.of())) {
            UserServiceRpc users = users(provider).with(it -> it.timeout(Duration.ofSeconds(3)));

            assertThat(failure(() -> users.login(LOGIN)).status()).isEqualTo(RpcStatus.DEADLINE_EXCEEDED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"040000000a001001", "000000040a001001"})
    void aLengthBeforeTheReplyIsNoMessage(String reply) throws Exception {
        try (MprpcProvider provider = MprpcProvider.answering(MprpcBytes.bytes(reply))) {
            assertThat(failure(() -> users(provider).login(LOGIN)).reason()).isEqualTo(Reason.BAD_REPLY);
        }
    }

    @Test
    void silenceEndsAtTheDeadline() throws Exception {
        // As an unknown method does.
        try (MprpcProvider provider =
                new MprpcProvider((caller, request) -> caller.getInputStream().readAllBytes())) {
            UserServiceRpc users = users(provider).with(it -> it.timeout(Duration.ofSeconds(3)));
            RpcException failure = failure(() -> users.login(LOGIN));

            assertThat(failure.status()).isEqualTo(RpcStatus.DEADLINE_EXCEEDED);
            assertThat(failure.outcome()).isEqualTo(Outcome.MAY_HAVE_RUN);
        }
    }

    @Test
    void aCancelledCallClosesItsConnection() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        try (MprpcProvider provider = new MprpcProvider((caller, request) -> {
            untilClosed(caller);
            closed.countDown();
        })) {
            CompletableFuture<LoginResponse> login = client(USERS, FRIENDS, provider.port())
                    .client(UserServiceRpcAsync.class)
                    .login(LOGIN);
            await().atMost(Network.LONG).until(() -> !provider.requests.isEmpty());

            login.cancel(true);

            assertThat(closed.await(15, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static void untilClosed(Socket caller) throws IOException {
        try {
            caller.getInputStream().readAllBytes();
        } catch (java.net.SocketException e) {
            assertThat(e).hasMessageContaining("reset");
        }
    }

    @Test
    void eachCallHasAConnectionOfItsOwnAndTheyRunAtTheSameTime() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        RpcServer server = network.serve(
                UserServiceRpcContract.INSTANCE.bind(new MprpcUsers() {
                    @Override
                    public LoginResponse login(LoginRequest request) {
                        both.countDown();
                        try {
                            both.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        return super.login(request);
                    }
                }),
                it -> it.mprpc(MprpcOptions.DEFAULT.withTimeout(Network.LONG)));
        UserServiceRpcAsync users = client(USERS, FRIENDS, server.port()).client(UserServiceRpcAsync.class);

        CompletableFuture<LoginResponse> first = users.login(LOGIN);
        CompletableFuture<LoginResponse> second = users.login(LOGIN);

        assertThat(first.get().getSuccess()).isTrue();
        assertThat(second.get().getSuccess()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(MprpcHeaderSize.class)
    void theSizeOfTheHeaderIsWrittenAsTheProviderReadsIt(MprpcHeaderSize headerSize) throws Exception {
        RpcServer server = network.serve(
                UserServiceRpcContract.INSTANCE.bind(new MprpcUsers()),
                it -> it.mprpc(MprpcOptions.DEFAULT.withTimeout(Network.LONG).withHeaderSize(headerSize)));

        UserServiceRpc users =
                client(USERS.withHeaderSize(headerSize), FRIENDS, server.port()).client(UserServiceRpc.class);

        assertThat(users.login(LOGIN).getSuccess()).isTrue();
    }

    @Test
    void theFailuresOfOurOwnServersKeepTheirStatus() throws Exception {
        RpcServer server = network.serve(
                UserServiceRpcContract.INSTANCE.bind(new MprpcUsers()),
                it -> it.mprpc(MprpcOptions.DEFAULT.withTimeout(Network.LONG)));

        RpcException failure = failure(() -> client(MprpcService.DEFAULT.withName("Nobody"), FRIENDS, server.port())
                .client(UserServiceRpc.class)
                .login(LOGIN));

        assertThat(failure.status()).isEqualTo(RpcStatus.UNIMPLEMENTED);
        assertThat(failure).hasMessageContaining("this server offers no service of that name");
    }

    @Test
    void callsUnderWayFailWhenTheClientCloses() throws Exception {
        try (MprpcProvider provider = new MprpcProvider((caller, request) -> untilClosed(caller))) {
            RpcClient client = client(USERS, FRIENDS, provider.port());
            CompletableFuture<LoginResponse> login =
                    client.client(UserServiceRpcAsync.class).login(LOGIN);
            await().atMost(Network.LONG).until(() -> !provider.requests.isEmpty());

            client.close();

            assertThat(login)
                    .failsWithin(Duration.ofSeconds(15))
                    .withThrowableThat()
                    .withMessageContaining("the connection was closed");
        }
    }

    @Test
    void whereNobodyListensIsASuspectForAWhile() throws Exception {
        MprpcProvider gone = MprpcProvider.answering(MprpcBytes.LOGIN.reply());
        gone.close();
        ClientConnection connection =
                network.transport().mprpc(Endpoint.of("127.0.0.1", gone.port()), USERS.withName("UserServiceRpc"));
        List<Boolean> suspect = new CopyOnWriteArrayList<>();
        connection.onChange(() -> suspect.add(connection.isSuspect()));
        RpcCall call = RpcCall.unary(
                UserServiceRpcContract.INSTANCE.methods().get(0),
                LOGIN,
                Metadata.EMPTY,
                Deadline.after(Network.LONG),
                new Cancellation());

        assertThat(connection.invoke(call)).failsWithin(Network.LONG);

        await().atMost(Network.LONG).untilAsserted(() -> assertThat(suspect).containsExactly(true, false));
    }

    @Test
    void anEmptyReplyOfATypeWithoutFieldsIsAReply() throws Exception {
        try (MprpcProvider provider = new MprpcProvider((caller, request) -> {})) {
            RpcClient client =
                    network.client(it -> it.mprpcResolver(FixedEndpoints.of(Endpoint.of("127.0.0.1", provider.port())))
                            .service(
                                    HealthServiceRpcContract.INSTANCE.name(),
                                    ServiceOptions.builder().mprpc(USERS).build()));

            assertThat(client.client(HealthServiceRpc.class).ping(Nothing.getDefaultInstance()))
                    .isEqualTo(Nothing.getDefaultInstance());
        }
    }

    @Test
    void roomIsGivenBackHoweverCallsEnd() throws Exception {
        byte[] reply = MprpcBytes.LOGIN.reply();
        int[] turn = {0};
        try (MprpcProvider provider = new MprpcProvider((caller, request) -> {
            switch (turn[0]++ % 3) {
                case 0 -> caller.getOutputStream().write(reply);
                case 1 -> caller.setSoLinger(true, 0);
                default -> caller.getOutputStream().write(Arrays.copyOf(reply, 1));
            }
        })) {
            UserServiceRpc users = users(provider);
            // More than may be under way at once.
            for (int i = 0; i < 3 * 256; i++) {
                catchThrowableOfType(RpcException.class, () -> users.login(LOGIN));
            }

            assertThat(provider.requests).hasSize(3 * 256);
        }
    }
}
