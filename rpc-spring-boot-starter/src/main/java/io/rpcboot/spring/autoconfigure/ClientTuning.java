package io.rpcboot.spring.autoconfigure;

import io.rpcboot.balance.EjectionOptions;
import io.rpcboot.client.ConnectionOptions;
import io.rpcboot.client.HashKey;
import io.rpcboot.client.Hedging;
import io.rpcboot.client.MethodOptions;
import io.rpcboot.client.RetryOptions;
import io.rpcboot.client.RpcClient;
import io.rpcboot.client.WaitingOptions;
import io.rpcboot.transport.MprpcService;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the properties say of how calls are sent, in the client's own words. Immutable. */
record ClientTuning(RpcProperties.Client client) {

    private static final String METADATA = "metadata:";

    void applyTo(RpcClient.Builder builder) {
        builder.timeout(client.timeout())
                .longestTimeout(client.maxTimeout())
                .loadBalancer(RpcClientAutoConfiguration.balancer(client.loadBalancer()))
                .tag(client.tag())
                .retry(retry())
                .ejection(ejection())
                .connections(connections())
                .waiting(waiting());
    }

    WaitingOptions waiting() {
        return new WaitingOptions(
                client.waiting().maxCalls(), client.waiting().maxSize().toBytes());
    }

    RetryOptions retry() {
        RpcProperties.Retry retry = client.retry();
        return new RetryOptions(
                client.retries(),
                retry.budgetShare(),
                retry.budgetPerSecond(),
                retry.firstPause(),
                retry.longestPause());
    }

    EjectionOptions ejection() {
        RpcProperties.Ejection ejection = client.ejection();
        return new EjectionOptions(
                ejection.enabled(),
                ejection.consecutiveFailures(),
                ejection.successRate(),
                ejection.minimumCalls(),
                ejection.refusing(),
                ejection.firstTime(),
                ejection.longestTime(),
                ejection.panicThreshold());
    }

    ConnectionOptions connections() {
        RpcProperties.Reconnect reconnect = client.reconnect();
        return new ConnectionOptions(client.connectionsPerEndpoint(), reconnect.firstPause(), reconnect.longestPause());
    }

    static MethodOptions options(RpcProperties.Method method) {
        return new MethodOptions(method.timeout(), method.retries(), hedging(method), hashKey(method.hashKey()));
    }

    private static @Nullable Hedging hedging(RpcProperties.Method method) {
        boolean wanted = method.hedging() == null ? method.hedgingDelay() != null : method.hedging();
        return wanted ? new Hedging(method.hedgingDelay()) : null;
    }

    static @Nullable MprpcService mprpc(RpcProperties.Service service) {
        if (service.protocol() != RpcProperties.Protocol.MPRPC) {
            return null;
        }
        Set<String> emptyReplies = service.methods().entrySet().stream()
                .filter(method -> method.getValue().emptyReply() == RpcProperties.EmptyReply.ACCEPT)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        RpcProperties.ServiceMprpc mprpc = service.mprpc();
        return new MprpcService(
                mprpc.name(), mprpc.headerSize(), (int) mprpc.maxRequestSize().toBytes(), emptyReplies);
    }

    static @Nullable HashKey hashKey(@Nullable String key) {
        if (key == null || key.isBlank()) {
            return null;
        }
        return key.startsWith(METADATA)
                ? HashKey.metadata(key.substring(METADATA.length()).strip())
                : HashKey.field(key.strip());
    }
}
