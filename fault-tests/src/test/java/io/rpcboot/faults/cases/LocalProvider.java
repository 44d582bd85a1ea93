package io.rpcboot.faults.cases;

import static org.awaitility.Awaitility.await;

import io.rpcboot.Endpoint;
import io.rpcboot.contract.ServiceBinding;
import io.rpcboot.faults.proto.ActRequest;
import io.rpcboot.faults.proto.ActResponse;
import io.rpcboot.faults.proto.ActServiceContract;
import io.rpcboot.naming.FixedEndpoints;
import io.rpcboot.server.AdmissionOptions;
import io.rpcboot.server.RpcServer;
import io.rpcboot.transport.Transport;
import io.rpcboot.transport.TransportOptions;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A provider within this process, for cases that look at what happens inside a handler. Both methods of the service do the same. Lives as
 * long as its stage.
 */
final class LocalProvider {

    /** So long that a slow machine is not taken for overload. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration SETTLING = Duration.ofSeconds(5);

    private final RpcServer server;

    private LocalProvider(RpcServer server) {
        this.server = server;
    }

    static LocalProvider serve(Stage stage, Function<ActRequest, CompletableFuture<ActResponse>> acts) {
        return serve(stage, acts, settings -> settings);
    }

    static LocalProvider serve(
            Stage stage,
            Function<ActRequest, CompletableFuture<ActResponse>> acts,
            UnaryOperator<RpcServer.Builder> settings) {
        return serve(stage, acts, settings, TransportOptions.DEFAULT);
    }

    static LocalProvider serve(
            Stage stage,
            Function<ActRequest, CompletableFuture<ActResponse>> acts,
            UnaryOperator<RpcServer.Builder> settings,
            TransportOptions options) {
        Transport transport = stage.closing(Transport.tcp(options.withEventLoops(1)));
        ServiceBinding binding = ServiceBinding.of(ActServiceContract.INSTANCE)
                .unaryAsync(ActServiceContract.ACT, acts)
                .unaryAsync(ActServiceContract.READ, acts)
                .build();
        RpcServer server = settings.apply(RpcServer.builder(transport)
                        .application("local")
                        .address(new InetSocketAddress("127.0.0.1", 0))
                        .admission(new AdmissionOptions(PATIENCE, PATIENCE))
                        .service(binding))
                .build();
        server.start();
        stage.closing(() -> server.stop(Duration.ofMillis(100)));
        return new LocalProvider(server);
    }

    /** The answer that tells the request's id, and nothing more. */
    static ActResponse answer(ActRequest request) {
        return ActResponse.newBuilder().setId(request.getId()).build();
    }

    static CompletableFuture<ActResponse> answered(ActRequest request) {
        return CompletableFuture.completedFuture(answer(request));
    }

    RpcServer server() {
        return server;
    }

    /** 1 if calls are still under way once they have had time to end, else 0. */
    int notIdle() {
        try {
            await().pollInterval(Duration.ofMillis(5))
                    .atMost(SETTLING)
                    .until(() -> server.isIdle().join());
            return 0;
        } catch (ConditionTimeoutException e) {
            return 1;
        }
    }

    int port() {
        return server.port();
    }

    Endpoint endpoint() {
        return Endpoint.of("127.0.0.1", port());
    }

    FixedEndpoints fixed() {
        return FixedEndpoints.of(endpoint());
    }
}
