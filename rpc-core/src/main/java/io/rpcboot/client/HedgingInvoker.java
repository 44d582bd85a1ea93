package io.rpcboot.client;

import io.rpcboot.Invoker;
import io.rpcboot.RpcCall;
import io.rpcboot.RpcMethod;
import io.rpcboot.RpcReply;
import io.rpcboot.contract.MethodContract;
import io.rpcboot.contract.ServiceContract;
import io.rpcboot.transport.Transport;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Sends slow calls of the methods that are hedged a second time; see {@link Hedging}. Safe for use by many threads. */
final class HedgingInvoker implements Invoker {

    private final BalancedInvoker balanced;
    private final CallPolicies policies;
    private final Transport transport;
    private final Map<RpcMethod, UsualTime> usualTimes = new ConcurrentHashMap<>();

    HedgingInvoker(BalancedInvoker balanced, CallPolicies policies, Transport transport) {
        this.balanced = balanced;
        this.policies = policies;
        this.transport = transport;
    }

    /**
     * Looks whether what is hedged may be.
     *
     * @throws IllegalArgumentException if a hedged method is not marked safe to repeat
     */
    static void check(ServiceContract<?, ?> contract, ServiceOptions service) {
        for (MethodContract<?, ?> method : contract.methods()) {
            boolean hedged = service.method(method.name()).hedging() != null;
            if (hedged && !method.idempotency().isSafeToRepeat()) {
                throw new IllegalArgumentException("hedging of " + method.fullName()
                        + ", which its contract does not mark as safe to run twice (expected: option idempotency_level ="
                        + " NO_SIDE_EFFECTS or IDEMPOTENT)");
            }
        }
    }

    @Override
    public CompletableFuture<RpcReply> invoke(RpcCall call) {
        Hedging hedging = policies.of(call.method()).hedging();
        // What serves a repeated call repeats nothing.
        if (hedging == null || call.attempt() > 0) {
            return balanced.invoke(call);
        }
        UsualTime usual = usualTimes.computeIfAbsent(call.method(), method -> new UsualTime());
        Duration delay = hedging.delay() == null ? Duration.ofNanos(usual.nanos()) : hedging.delay();
        long start = System.nanoTime();
        CompletableFuture<RpcReply> reply =
                delay.isZero() ? balanced.invoke(call) : new HedgedCall(call, balanced).start(transport, delay);
        reply.whenComplete((message, failure) -> usual.add(System.nanoTime() - start));
        return reply;
    }

    @Override
    public String toString() {
        return "HedgingInvoker(" + balanced + ')';
    }
}
