package io.rpcboot.faults.cases;

import static org.awaitility.Awaitility.await;

import io.rpcboot.Interceptor;
import io.rpcboot.Invoker;
import io.rpcboot.RpcCall;
import io.rpcboot.RpcReply;
import io.rpcboot.client.RpcClient;
import io.rpcboot.faults.proto.ActServiceAsync;
import io.rpcboot.naming.EndpointResolver;
import io.rpcboot.transport.ClientConnection;
import io.rpcboot.transport.ConnectionInside;
import io.rpcboot.transport.PendingCall;
import io.rpcboot.transport.Transport;
import io.rpcboot.transport.TransportOptions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.core.ConditionTimeoutException;

/** A client whose connections can be looked into: once all calls have ended, they must hold nothing. Lives as long as its stage. */
final class ObservedClient implements Interceptor {

    private static final Duration SETTLING = Duration.ofSeconds(5);

    private final Set<ClientConnection> connections = ConcurrentHashMap.newKeySet();
    private final RpcClient client;

    private ObservedClient(Stage stage, EndpointResolver resolver, TransportOptions options) {
        Transport transport = stage.closing(Transport.tcp(options.withEventLoops(1)));
        client = stage.closing(RpcClient.builder(transport)
                .application("observed")
                .resolver(resolver)
                .callbackExecutor(Runnable::run)
                .interceptor(this)
                .build());
    }

    static ObservedClient open(Stage stage, EndpointResolver resolver) {
        return open(stage, resolver, TransportOptions.DEFAULT);
    }

    static ObservedClient open(Stage stage, EndpointResolver resolver, TransportOptions options) {
        return new ObservedClient(stage, resolver, options);
    }

    ActServiceAsync acts() {
        return client.client(ActServiceAsync.class);
    }

    /** The connections over which calls went. */
    Set<ClientConnection> connections() {
        return connections;
    }

    @Override
    public CompletableFuture<RpcReply> intercept(RpcCall call, Invoker next) {
        CompletableFuture<RpcReply> reply = next.invoke(call);
        ClientConnection where = ((PendingCall) reply).connection();
        if (where != null) {
            connections.add(where);
        }
        return reply;
    }

    /** Calls that the connections still count, too many or too few; once what is on its way has had time to arrive. */
    int callsLeft() {
        awaitRest();
        return connections.stream().mapToInt(one -> Math.abs(one.outstanding())).sum();
    }

    /** Open connections with a call in their table or a timer that runs; once they have had time to settle. */
    int connectionsNotAtRest() {
        awaitRest();
        return notAtRest();
    }

    private void awaitRest() {
        try {
            await().atMost(SETTLING)
                    .until(() -> notAtRest() == 0 && connections.stream().allMatch(one -> one.outstanding() == 0));
        } catch (ConditionTimeoutException e) {
            // What is left is the caller's figure.
            return;
        }
    }

    private int notAtRest() {
        return (int) connections.stream()
                .filter(one -> one.isOpen() && !ConnectionInside.isAtRest(one).join())
                .count();
    }
}
