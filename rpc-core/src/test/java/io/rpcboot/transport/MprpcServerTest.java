package io.rpcboot.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.rpcboot.CallContext;
import io.rpcboot.Endpoint;
import io.rpcboot.EndpointStatus;
import io.rpcboot.RpcException;
import io.rpcboot.RpcStatus;
import io.rpcboot.naming.EndpointAnnouncer;
import io.rpcboot.naming.Offer;
import io.rpcboot.server.DrainOptions;
import io.rpcboot.server.RpcServer;
import io.rpcboot.server.ServiceOptions;
import io.rpcboot.test.Network;
import io.rpcboot.test.mprpc.FiendServiceRpcContract;
import io.rpcboot.test.mprpc.LoginRequest;
import io.rpcboot.test.mprpc.LoginResponse;
import io.rpcboot.test.mprpc.RegisterRequest;
import io.rpcboot.test.mprpc.RegisterResponse;
import io.rpcboot.test.mprpc.UserServiceRpc;
import io.rpcboot.test.mprpc.UserServiceRpcContract;
import io.rpcboot.wire.EncodedName;
import io.rpcboot.wire.FrameEncoder;
import io.rpcboot.wire.Header;
import io.rpcboot.wire.MprpcHeaderSize;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers that speak mprpc, byte by byte as the C++ ones do, and a server that serves them on the port of all others. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MprpcServerTest {

    private static final MprpcOptions OPTIONS = MprpcOptions.DEFAULT.withTimeout(Network.LONG);

    private final MprpcUsers users = new MprpcUsers();
    private Network network;

    @BeforeEach
    void open() {
        network = Network.tcp();
    }

    @AfterEach
    void close() throws Exception {
        network.close();
    }

    private RpcServer serve(MprpcOptions options) {
        return network.serve(
                UserServiceRpcContract.INSTANCE.bind(users),
                it -> it.mprpc(options).service(FiendServiceRpcContract.INSTANCE.bind(users.friends())));
    }

    private RpcServer serveLogin(MprpcOptions options, Function<LoginRequest, LoginResponse> login) {
        UserServiceRpc service = new UserServiceRpc() {
            @Override
            public LoginResponse login(LoginRequest request) {
                return login.apply(request);
            }

            @Override
            public RegisterResponse register(RegisterRequest request) {
                return users.register(request);
            }
        };
        return network.serve(UserServiceRpcContract.INSTANCE.bind(service), it -> it.mprpc(options));
    }

    /** What the caller has read when the server ends its direction. */
    private static byte[] answer(RpcServer server, byte[] request) throws IOException {
        return answer(server.port(), request);
    }

    private static byte[] answer(int port, byte[] request) throws IOException {
        try (RawClient caller = new RawClient(port)) {
            return caller.send(request).readToEnd();
        }
    }

    private static void assertFailure(byte[] answer, String text) {
        assertThat(answer).startsWith(7).hasSizeLessThanOrEqualTo(480).doesNotContain(0);
        assertThat(new String(answer, StandardCharsets.US_ASCII)).contains(text);
    }

    @ParameterizedTest
    @EnumSource(MprpcBytes.class)
    void aCapturedRequestIsAnsweredByTheCapturedReply(MprpcBytes captured) throws Exception {
        RpcServer server = serve(OPTIONS);

        assertThat(answer(server, captured.request())).isEqualTo(captured.reply());
    }

    @Test
    void theReplyIsThereWithTheFirstReadAsTheseCallersReadOnlyOnce() throws Exception {
        RpcServer server = serve(OPTIONS);
        try (Socket caller = new Socket("127.0.0.1", server.port())) {
            caller.setSoTimeout(20_000);
            caller.getOutputStream().write(MprpcBytes.FRIENDS.request());
            byte[] read = new byte[1024];
            int length = caller.getInputStream().read(read);

            assertThat(Arrays.copyOf(read, length)).isEqualTo(MprpcBytes.FRIENDS.reply());
        }
    }

    @Test
    void theMethodSeesWhatTheCallerSent() throws Exception {
        RpcServer server = serve(OPTIONS);

        answer(server, MprpcBytes.LOGIN.request());

        assertThat(users.asked)
                .containsExactly(LoginRequest.newBuilder()
                        .setName(ByteString.copyFromUtf8("zhang san"))
                        .setPwd(ByteString.copyFromUtf8("123456"))
                        .build());
    }

    @ParameterizedTest
    @EnumSource(MprpcBytes.class)
    void aRequestThatComesInTwoPartsIsPutTogetherWhereverItIsCut(MprpcBytes captured) throws Exception {
        RpcServer server = serve(OPTIONS);
        byte[] request = captured.request();
        for (int cut = 1; cut < request.length; cut++) {
            try (RawClient caller = new RawClient(server.port())) {
                caller.send(Arrays.copyOf(request, cut));
                caller.send(Arrays.copyOfRange(request, cut, request.length));

                assertThat(caller.readToEnd()).as("cut at %d", cut).isEqualTo(captured.reply());
            }
        }
    }

    @Test
    void aRequestThatComesByteByByteIsPutTogether() throws Exception {
        RpcServer server = serve(OPTIONS);
        try (RawClient caller = new RawClient(server.port())) {
            for (byte one : MprpcBytes.LOGIN.request()) {
                caller.send(new byte[] {one});
            }

            assertThat(caller.readToEnd()).isEqualTo(MprpcBytes.LOGIN.reply());
        }
    }

    @Test
    void bytesAfterTheRequestAreIgnored() throws Exception {
        RpcServer server = serve(OPTIONS);
        byte[] request = MprpcBytes.LOGIN.request();
        byte[] longer = Arrays.copyOf(request, request.length + 500);

        assertThat(answer(server, longer)).isEqualTo(MprpcBytes.LOGIN.reply());
        assertThat(users.asked).hasSize(1);
    }

    @Test
    void aCallerThatEndsItsDirectionAfterTheRequestGetsItsReply() throws Exception {
        RpcServer server = serve(OPTIONS);
        try (Socket caller = new Socket("127.0.0.1", server.port())) {
            caller.setSoTimeout(20_000);
            caller.getOutputStream().write(MprpcBytes.LOGIN.request());
            caller.shutdownOutput();

            assertThat(caller.getInputStream().readAllBytes()).isEqualTo(MprpcBytes.LOGIN.reply());
        }
    }

    @Test
    void theServerEndsItsDirectionAndWaitsForTheCallerToClose() throws Exception {
        RpcServer server = serve(OPTIONS);
        try (Socket caller = new Socket("127.0.0.1", server.port())) {
            caller.setSoTimeout(20_000);
            caller.getOutputStream().write(MprpcBytes.LOGIN.request());

            assertThat(caller.getInputStream().readAllBytes()).isEqualTo(MprpcBytes.LOGIN.reply());
            // Had the server closed, the first bytes would be answered by a reset, and the next ones refused.
            caller.getOutputStream().write(1);
            caller.getOutputStream().write(2);
            caller.getOutputStream().write(3);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // An unknown service, an unknown method, and the full name of a known service.
                "0c000000 0a04 4e6f6f6e 1204 4e6f6e65",
                "16000000 0a0e5573657253657276696365527063 1204 4e6f6e65",
                "20000000 0a15 6669786275672e5573657253657276696365527063 1205 4c6f67696e 1800"
            })
    void whatIsNotOfferedIsAnsweredByAFailure(String request) throws Exception {
        RpcServer server = serve(OPTIONS);

        assertFailure(answer(server, MprpcBytes.bytes(request)), "UNIMPLEMENTED: ");
    }

    @Test
    void aRequestThatDoesNotParseIsAnsweredByAFailure() throws Exception {
        RpcServer server = serve(OPTIONS);
        byte[] request = MprpcBytes.LOGIN.request();
        Arrays.fill(request, 4 + 25, request.length, (byte) 0xff);

        assertFailure(answer(server, request), "INVALID_ARGUMENT: the request is not a message");
    }

    @Test
    void aMethodThatFailsIsAnsweredByAFailureWithoutTheTextOfItsException() throws Exception {
        RpcServer server = serveLogin(OPTIONS, request -> {
            throw new IllegalStateException("secret");
        });

        byte[] answer = answer(server, MprpcBytes.LOGIN.request());

        assertFailure(answer, "INTERNAL: ");
        assertThat(new String(answer, StandardCharsets.US_ASCII)).doesNotContain("secret");
    }

    @Test
    void theTextOfAFailureIsShortAndPrintable() throws Exception {
        RpcServer server = serveLogin(OPTIONS, request -> {
            throw new RpcException(RpcStatus.ABORTED, "a\0b\nc \u00fc " + "x".repeat(1000));
        });

        byte[] answer = answer(server, MprpcBytes.LOGIN.request());

        assertFailure(answer, "ABORTED: a b c ? xxx");
        assertThat(answer).hasSize(480);
    }

    @Test
    void aReplyThatTheCallerWouldReadInPartIsRefused() throws Exception {
        int[] size = {0};
        RpcServer server = serveLogin(OPTIONS, request -> reply(size[0]));

        size[0] = 1024;
        assertThat(answer(server, MprpcBytes.LOGIN.request())).hasSize(1024);
        size[0] = 1025;
        assertFailure(
                answer(server, MprpcBytes.LOGIN.request()),
                "the reply has 1025 bytes, of which a caller that speaks mprpc reads 1024 (rpc.server.mprpc.max-reply-size)");
    }

    @Test
    void theLimitOfRepliesCanBeRaised() throws Exception {
        RpcServer server = serveLogin(OPTIONS.withMaxReplyBytes(1_000_000), request -> reply(1_000_000));

        assertThat(answer(server, MprpcBytes.LOGIN.request())).hasSize(1_000_000);
    }

    private static LoginResponse reply(int bytes) {
        LoginResponse.Builder reply = LoginResponse.newBuilder();
        int missing = bytes;
        do {
            reply.getResultBuilder().setErrmsg(ByteString.copyFrom(new byte[missing]));
            missing -= Math.max(1, reply.build().getSerializedSize() - bytes);
        } while (reply.build().getSerializedSize() != bytes);
        return reply.build();
    }

    @Test
    void aRequestOverTheLimitIsAnsweredByAFailure() throws Exception {
        RpcServer server = serve(OPTIONS);
        // args_size 5,000,000
        byte[] request = MprpcBytes.bytes("1c000000 0a0e5573657253657276696365527063 12054c6f67696e 18c096b102");

        assertFailure(answer(server, request), "RESOURCE_EXHAUSTED: the request is larger than");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00000000",
                // A size in big-endian.
                "00000019 0a0e5573657253657276696365527063 12054c6f67696e 1813",
                "05000000 ffffffffff"
            })
    void bytesThatAreNoRequestAreAnsweredByAFailure(String bytes) throws Exception {
        RpcServer server = serve(OPTIONS);

        assertFailure(answer(server, MprpcBytes.bytes(bytes)), "INVALID_ARGUMENT: ");
    }

    @Test
    void anotherProtocolIsNotAnswered() throws Exception {
        RpcServer server = serve(OPTIONS);

        assertThat(answer(server, "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII)))
                .isEmpty();
    }

    @Test
    void whateverComesIsNoEmptyReply() throws Exception {
        List<String> hostile = List.of(
                // Cut after two and after four bytes, inside the header, on the border of a field, behind the header,
                // inside the arguments.
                "1900",
                "19000000",
                "190000000a0e5573",
                "190000000a0e5573657253657276696365527063",
                "190000000a0e557365725365727669636552706312054c6f67696e1813",
                "190000000a0e557365725365727669636552706312054c6f67696e18130a097a68",
                // A header that is longer than all that comes, arguments that are, and a size that is negative.
                "ff0000000a0e557365725365727669636552706312054c6f67696e18130a0161",
                "190000000a0e557365725365727669636552706312054c6f67696e187f0a0161",
                "ffffffff0a0e5573657253657276696365527063",
                // Names that are no text.
                "080000000a02ff001202ff00");
        RpcServer server = serve(OPTIONS);
        List<RawClient> callers = new ArrayList<>();
        for (String bytes : hostile) {
            callers.add(new RawClient(server.port()).send(MprpcBytes.bytes(bytes)));
        }

        for (RawClient caller : callers) {
            assertFailure(caller.readToEnd(), ": ");
            caller.close();
        }
        assertThat(users.asked).isEmpty();
        assertThat(answer(server, MprpcBytes.LOGIN.request())).isEqualTo(MprpcBytes.LOGIN.reply());
    }

    @Test
    void ofTwoRequestsInOneSegmentTheFirstIsAnsweredAndTheSecondNotRun() throws Exception {
        RpcServer server = serve(OPTIONS);
        byte[] twice =
                ByteBufUtil.getBytes(Unpooled.wrappedBuffer(MprpcBytes.LOGIN.request(), MprpcBytes.REGISTER.request()));

        assertThat(answer(server, MprpcBytes.LOGIN.request())).isEqualTo(MprpcBytes.LOGIN.reply());
        assertThat(answer(server, twice)).isEqualTo(MprpcBytes.LOGIN.reply());
        assertThat(users.asked).hasSize(2).allMatch(LoginRequest.class::isInstance);
    }

    @Test
    void aLargeRequestIsServedThatNoCppProviderCouldRead() throws Exception {
        RpcServer server = serve(OPTIONS);
        LoginRequest large = LoginRequest.newBuilder()
                .setName(ByteString.copyFrom(new byte[1_000_000]))
                .build();
        ByteBuf frame = Unpooled.buffer();
        new FrameEncoder(false).write(frame, new Header().names(EncodedName.of("UserServiceRpc", "Login")), large);

        assertThat(answer(server, ByteBufUtil.getBytes(frame))).isEqualTo(MprpcBytes.LOGIN.reply());
        assertThat(users.asked).containsExactly(large);
    }

    @Test
    void aCallThatTakesTooLongIsAnsweredByAFailureAndCancelled() throws Exception {
        CountDownLatch cancelled = new CountDownLatch(1);
        RpcServer server = serveLogin(OPTIONS.withTimeout(Duration.ofSeconds(3)), request -> {
            CallContext.current().cancellation().onCancel(cancelled::countDown);
            try {
                cancelled.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return LoginResponse.getDefaultInstance();
        });

        assertFailure(
                answer(server, MprpcBytes.LOGIN.request()),
                "DEADLINE_EXCEEDED: no reply within 3000 ms (rpc.server.mprpc.timeout)");
        cancelled.await();
    }

    @Test
    void aServerThatStopsWhileTheMethodRunsDoesNotLookLikeAnEmptyReply() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        RpcServer server = serveLogin(OPTIONS, request -> {
            started.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return LoginResponse.getDefaultInstance();
        });
        try (Socket caller = new Socket("127.0.0.1", server.port())) {
            caller.setSoTimeout(20_000);
            caller.getOutputStream().write(MprpcBytes.LOGIN.request());
            started.await();

            server.stop(Duration.ZERO);

            assertThatThrownBy(() -> caller.getInputStream().read())
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        } finally {
            go.countDown();
        }
    }

    @Test
    void aServerThatStopsWhileARequestIsHalfWayDoesNotLookLikeAnEmptyReply() throws Exception {
        RpcServer server = serve(OPTIONS);
        try (Socket caller = new Socket("127.0.0.1", server.port())) {
            caller.setSoTimeout(20_000);
            caller.getOutputStream().write(MprpcBytes.LOGIN.request(), 0, 20);
            await().atMost(Network.LONG).until(() -> !server.isIdle().join());

            server.stop(Duration.ZERO);

            assertThatThrownBy(() -> caller.getInputStream().read())
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
    }

    @Test
    void aRequestThatEndsHalfWayIsAnsweredByAFailure() throws Exception {
        RpcServer server = serve(OPTIONS);
        try (Socket caller = new Socket("127.0.0.1", server.port())) {
            caller.setSoTimeout(20_000);
            caller.getOutputStream().write(MprpcBytes.LOGIN.request(), 0, 20);
            caller.shutdownOutput();

            assertFailure(caller.getInputStream().readAllBytes(), "INVALID_ARGUMENT: the request ends too early");
        }
    }

    @Test
    void aRequestThatDoesNotComeWholeInTimeIsAnsweredByAFailure() throws Exception {
        ServerLimits limits =
                ServerLimits.defaults().withTimeouts(ServerTimeouts.DEFAULT.withFirstFrame(Duration.ofSeconds(2)));
        RpcServer server = network.serve(
                UserServiceRpcContract.INSTANCE.bind(users),
                it -> it.mprpc(OPTIONS).limits(limits));

        assertFailure(
                answer(server, Arrays.copyOf(MprpcBytes.LOGIN.request(), 20)),
                "the request did not come within 2000 ms (rpc.server.first-frame-timeout)");
    }

    @Test
    void callersAreServedAsLongAsNamingShowsTheServerThatStops() throws Exception {
        Duration enough = Duration.ofMinutes(2);
        RpcServer server = network.serve(
                UserServiceRpcContract.INSTANCE.bind(users),
                it -> it.mprpc(OPTIONS).drain(new DrainOptions(enough, Duration.ZERO, enough)));
        int port = server.port();
        SlowRegistry registry = new SlowRegistry();
        server.announce(registry, Endpoint.of("127.0.0.1", port));

        CompletableFuture<Void> stop = CompletableFuture.runAsync(() -> server.stop(enough));
        await().atMost(Network.LONG).until(() -> !server.isRunning());

        assertThat(answer(port, MprpcBytes.LOGIN.request())).isEqualTo(MprpcBytes.LOGIN.reply());
        assertThat(stop).isNotDone();
        registry.withdrawn.countDown();
        assertThat(stop).succeedsWithin(Network.LONG);
    }

    /** Shows the server until the test says otherwise. */
    private static final class SlowRegistry implements EndpointAnnouncer, EndpointAnnouncer.Announcement {

        final CountDownLatch withdrawn = new CountDownLatch(1);

        @Override
        public Announcement announce(Offer offer) {
            return this;
        }

        @Override
        public void status(EndpointStatus status) {}

        @Override
        public State state() {
            return new State(Standing.ANNOUNCED, "announced");
        }

        @Override
        public void withdraw(Duration atMost) {
            try {
                withdrawn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Test
    void aCallerThatGoesWhileItsRequestIsReadHarmsNobody() throws Exception {
        RpcServer server = serve(OPTIONS);
        for (int i = 0; i < 300; i++) {
            try (Socket caller = new Socket("127.0.0.1", server.port())) {
                caller.setSoLinger(true, 0);
                caller.getOutputStream().write(MprpcBytes.LOGIN.request());
            }
        }

        assertThat(answer(server, MprpcBytes.FRIENDS.request())).isEqualTo(MprpcBytes.FRIENDS.reply());
        await().atMost(Network.LONG).until(() -> server.isIdle().join());
    }

    @Test
    void manyCallersOneAfterTheOtherAreNoAbuse() throws Exception {
        RpcServer server = serve(OPTIONS);
        for (int i = 0; i < 500; i++) {
            assertThat(answer(server, MprpcBytes.LOGIN.request())).isEqualTo(MprpcBytes.LOGIN.reply());
        }
    }

    @Test
    void otherCallersAreServedOnTheSamePort() throws Exception {
        RpcServer server = serve(OPTIONS);
        answer(server, MprpcBytes.LOGIN.request());

        UserServiceRpc client = network.client().client(UserServiceRpc.class);

        assertThat(client.login(LoginRequest.getDefaultInstance()).getSuccess()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(MprpcHeaderSize.class)
    void theSizeOfTheHeaderMayBeWrittenOtherwise(MprpcHeaderSize headerSize) throws Exception {
        RpcServer server = serve(OPTIONS.withHeaderSize(headerSize));
        ByteBuf prefix = Unpooled.buffer();
        byte[] canonical = MprpcBytes.LOGIN.request();
        headerSize.write(prefix, canonical[0]);
        prefix.writeBytes(canonical, 4, canonical.length - 4);
        byte[] request = ByteBufUtil.getBytes(prefix);
        for (int cut = 1; cut < request.length; cut++) {
            try (RawClient caller = new RawClient(server.port())) {
                caller.send(Arrays.copyOf(request, cut));
                caller.send(Arrays.copyOfRange(request, cut, request.length));

                assertThat(caller.readToEnd()).isEqualTo(MprpcBytes.LOGIN.reply());
            }
        }
        assertThat(answer(server, canonical)).isEqualTo(MprpcBytes.LOGIN.reply());
        assertThat(network.client()
                        .client(UserServiceRpc.class)
                        .login(LoginRequest.getDefaultInstance())
                        .getSuccess())
                .isTrue();
    }

    @Test
    void aServiceMayHaveAnotherNameForThem() throws Exception {
        RpcServer server = network.serve(
                UserServiceRpcContract.INSTANCE.bind(users),
                it -> it.mprpc(OPTIONS)
                        .service(
                                FiendServiceRpcContract.INSTANCE.bind(users.friends()),
                                ServiceOptions.DEFAULT.withMprpcName("FriendServiceRpc")));
        String request = "24000000 0a10467269656e6453657276696365527063 120e476574467269656e64734c697374 1803 08e807";

        assertThat(answer(server, MprpcBytes.bytes(request))).isEqualTo(MprpcBytes.FRIENDS.reply());
        assertFailure(answer(server, MprpcBytes.FRIENDS.request()), "no service of that name");
    }

    @Test
    void aServiceMayBeKeptFromThem() throws Exception {
        RpcServer server = network.serve(
                UserServiceRpcContract.INSTANCE.bind(users),
                it -> it.mprpc(OPTIONS)
                        .service(
                                FiendServiceRpcContract.INSTANCE.bind(users.friends()),
                                ServiceOptions.DEFAULT.withMprpcName("")));

        assertFailure(answer(server, MprpcBytes.FRIENDS.request()), "no service of that name");
    }

    @Test
    void twoServicesOfOneNameAreRefused() {
        assertThatThrownBy(() -> network.serve(
                        UserServiceRpcContract.INSTANCE.bind(users),
                        it -> it.mprpc(OPTIONS)
                                .service(
                                        FiendServiceRpcContract.INSTANCE.bind(users.friends()),
                                        ServiceOptions.DEFAULT.withMprpcName("UserServiceRpc"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("fixbug.UserServiceRpc and fixbug.FiendServiceRpc")
                .hasMessageContaining("rpc.server.services.fixbug.FiendServiceRpc.mprpc-name");
    }
}
