package io.rpcboot.client;

import io.rpcboot.Endpoint;
import io.rpcboot.EndpointStatus;
import io.rpcboot.Invoker;
import io.rpcboot.Outcome;
import io.rpcboot.Reason;
import io.rpcboot.RpcCall;
import io.rpcboot.RpcException;
import io.rpcboot.RpcReply;
import io.rpcboot.RpcStatus;
import io.rpcboot.balance.LoadBalancer;
import io.rpcboot.naming.EndpointResolver;
import io.rpcboot.transport.CallOwner;
import io.rpcboot.transport.ClientConnection;
import io.rpcboot.transport.PendingCall;
import io.rpcboot.transport.Transport;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sends each call of a service to the endpoint that the balancer chooses among those that can take one now. Calls wait only while none can
 * but one may soon. Safe for use by many threads.
 */
final class BalancedInvoker implements Invoker, CallOwner, AutoCloseable {

    private final String service;
    private final LoadBalancer balancer;
    private final Routing routing;
    private final ServiceEndpoints endpoints;
    private final Transport transport;
    private final WaitingOptions waitingOptions;
    private final WaitingCalls waiting;
    private final Set<PendingCall> paused = ConcurrentHashMap.newKeySet();
    private final CallPolicies policies;
    private final RetryBudget budget;
    private final Retry retry;
    private final EndpointResolver.Watch watch;
    private final String naming;
    private volatile boolean closed;

    BalancedInvoker(
            String service,
            LoadBalancer balancer,
            ConnectionPool pool,
            Routing routing,
            BalancingOptions options,
            CallPolicies policies,
            EndpointResolver resolver,
            Transport transport) {
        this.service = service;
        this.balancer = balancer;
        this.routing = routing;
        this.transport = transport;
        this.waitingOptions = options.waiting();
        this.waiting = new WaitingCalls(transport, options.waiting(), this::settle);
        this.policies = policies;
        this.budget = new RetryBudget(options.retry(), System.nanoTime());
        this.retry = new Retry(budget, options.retry(), policies);
        this.naming = resolver.toString();
        this.endpoints = new ServiceEndpoints(pool, routing, options.ejection(), this::settle);
        this.watch = resolver.watch(service, endpoints::replace);
        transport.onClose(this::close);
    }

    @Override
    public CompletableFuture<RpcReply> invoke(RpcCall call) {
        return start(call);
    }

    /** As {@link #invoke}. */
    PendingCall start(RpcCall call) {
        PendingCall pending;
        try {
            pending = new PendingCall(withKey(call), this);
        } catch (RuntimeException | Error e) {
            // The application's own hash key.
            pending = new PendingCall(call, this);
            notSent(pending, e);
            return pending;
        }
        budget.called(pending.startedAt());
        try {
            List<ServiceLink> candidates = endpoints.candidates(pending.call());
            List<ServiceLink> usable = endpoints.usable(pending.call());
            // Where the endpoint to be probed has no room, the call is not for it.
            if (!send(pending, candidates, false) && (candidates == usable || !send(pending, usable, false))) {
                park(pending);
            }
        } catch (RuntimeException | Error e) {
            notSent(pending, e);
        }
        return pending;
    }

    private RpcCall withKey(RpcCall call) {
        HashKey key = policies.of(call.method()).hashKey();
        return key == null || call.hashKey() != null ? call : call.withHashKey(key.of(call));
    }

    /**
     * Sends a call that is under way a second time, to another endpoint.
     *
     * @param call the same call, with a cancellation of its own
     * @return null if no other endpoint can take it now, it was sent often enough, or the budget for repeated calls is used up
     */
    @Nullable
    PendingCall hedge(PendingCall first, RpcCall call) {
        ClientConnection busy = first.connection();
        int most = Math.max(1, policies.of(call.method()).retries());
        if (busy == null || first.attempt() - call.attempt() >= most) {
            return null;
        }
        List<ServiceLink> others = without(busy, endpoints.usable(call)).stream()
                .filter(ServiceLink::hasRoom)
                .toList();
        if (others.isEmpty() || !budget.take(System.nanoTime())) {
            return null;
        }
        first.nextAttempt();
        PendingCall second = new PendingCall(withKey(call).withAttempt(first.attempt()), this);
        return send(second, others, false) ? second : null;
    }

    @Override
    public String version() {
        return routing.version();
    }

    @Override
    public String group() {
        return routing.group();
    }

    /** Sends the call again, to another endpoint if there is one, where that is safe. */
    @Override
    public boolean takesOver(PendingCall call, RpcException failure) {
        ClientConnection failed = call.connection();
        Duration pause = closed ? null : retry.pauseBefore(call, failure, () -> hasRoomElsewhere(call, failed));
        if (pause == null) {
            return false;
        }
        call.nextAttempt();
        if (pause.isZero()) {
            again(call, failed);
            return true;
        }
        return againAfter(pause, call, failed);
    }

    private boolean hasRoomElsewhere(PendingCall call, @Nullable ClientConnection failed) {
        return failed != null
                && without(failed, endpoints.usable(call.call())).stream().anyMatch(ServiceLink::hasRoom);
    }

    private boolean againAfter(Duration pause, PendingCall call, @Nullable ClientConnection failed) {
        paused.add(call);
        try {
            transport.schedule(
                    () -> {
                        if (paused.remove(call)) {
                            again(call, failed);
                        }
                    },
                    pause);
        } catch (RejectedExecutionException e) {
            return !paused.remove(call);
        }
        if (closed) {
            endPaused();
        }
        return true;
    }

    /** With the transport go its timers, so nobody would send these calls again. */
    private void endPaused() {
        for (PendingCall call : paused) {
            if (paused.remove(call)) {
                call.failForGood(isClosed(call));
            }
        }
    }

    private void again(PendingCall call, @Nullable ClientConnection failed) {
        if (call.isDone()) {
            return;
        }
        List<ServiceLink> usable = endpoints.usable(call.call());
        List<ServiceLink> others = failed == null ? usable : without(failed, usable);
        try {
            if (!send(call, others, false) && !send(call, usable, false)) {
                park(call);
            }
        } catch (RuntimeException | Error e) {
            notSent(call, e);
        }
    }

    private static List<ServiceLink> without(ClientConnection connection, List<ServiceLink> links) {
        String address = connection.endpoint().address();
        return links.stream()
                .filter(link -> !link.endpoint().address().equals(address))
                .toList();
    }

    /** Whatever goes wrong ends the call: nobody else has it at this moment. */
    private static void notSent(PendingCall pending, Throwable cause) {
        pending.failForGood(pending.failure(RpcException.of(RpcStatus.INTERNAL, "the call could not be sent: " + cause)
                .outcome(Outcome.DID_NOT_RUN)
                .cause(cause)));
    }

    private void park(PendingCall pending) {
        endpoints.demand();
        if (closed) {
            pending.failForGood(isClosed(pending));
        } else if (waiting.add(pending)) {
            endpoints.refreshIfNoneIsUsable(pending.call());
            settle();
        } else {
            pending.failForGood(pending.failure(
                    RpcStatus.RESOURCE_EXHAUSTED,
                    Reason.LIMIT,
                    Outcome.DID_NOT_RUN,
                    "too many calls wait for a connection already (" + waitingOptions.maxCalls() + " calls or "
                            + waitingOptions.maxBytes() + " bytes); " + whyNone(pending)));
        }
    }

    private static RpcException isClosed(PendingCall call) {
        return call.failure(RpcStatus.UNAVAILABLE, Reason.CLOSED, Outcome.DID_NOT_RUN, "the client is closed");
    }

    /**
     * Sends the call now, if some candidate has room for it.
     *
     * @param waits whether the call is among those that wait; it is taken from them
     * @return true also if the call waited no longer, since somebody else looks after it
     */
    private boolean send(PendingCall pending, List<ServiceLink> candidates, boolean waits) {
        if (closed || candidates.isEmpty()) {
            return false;
        }
        ServiceLink chosen = balancer.choose(candidates, pending.call());
        ClientConnection connection = chosen.reserve();
        for (int i = 0; connection == null && i < candidates.size(); i++) {
            // The chosen one may be full, or have closed since.
            chosen = candidates.get(i);
            connection = chosen.reserve();
        }
        if (connection == null) {
            return false;
        }
        if (waits && !waiting.remove(pending)) {
            chosen.release(connection);
            return true;
        }
        pending.observer(chosen);
        connection.send(pending);
        return true;
    }

    /** Something changed: calls that waited are sent, or fail if there is nothing left to wait for. */
    private void settle() {
        PendingCall oldest = waiting.isEmpty() ? null : waiting.oldest();
        while (oldest != null && isSettled(oldest)) {
            oldest = waiting.oldest();
        }
        if (oldest != null && endpoints.hasTags()) {
            // Those behind it may be for other endpoints.
            waiting.all().forEach(this::isSettled);
        }
    }

    /** Tries to let the call wait no longer; false if it still has to. */
    private boolean isSettled(PendingCall call) {
        try {
            List<ServiceLink> usable = endpoints.usable(call.call());
            if (send(call, usable, true)) {
                return true;
            }
            if (!closed && (!usable.isEmpty() || endpoints.mayConnectSoon() || isUsableMeanwhile(call))) {
                return false;
            }
            if (waiting.remove(call)) {
                endInVain(call);
            }
        } catch (RuntimeException | Error e) {
            waiting.remove(call);
            notSent(call, e);
        }
        return true;
    }

    /** Whether an endpoint can be used now after all; whoever tells of it will send the call. */
    private boolean isUsableMeanwhile(PendingCall call) {
        endpoints.refreshIfNoneIsUsable(call.call());
        return !endpoints.usable(call.call()).isEmpty();
    }

    private void endInVain(PendingCall call) {
        if (closed) {
            call.failForGood(isClosed(call));
        } else {
            Reason reason = endpoints.ready().isEmpty() ? Reason.NO_ENDPOINT : Reason.CONNECT_FAILED;
            call.fail(call.failure(RpcStatus.UNAVAILABLE, reason, Outcome.DID_NOT_RUN, whyNone(call)));
        }
    }

    private String whyNone(PendingCall call) {
        List<ServiceLink> known = endpoints.known();
        if (known.isEmpty()) {
            return "no endpoint" + endpoints.wanted() + " is known for " + service + " (asked: " + naming
                    + "); is a provider running, and registered in the same place?";
        }
        return "none of the endpoints of " + service + " can take a call" + endpoints.wantedTag(call.call()) + ": "
                + known.stream()
                        .map(link -> link.endpoint() + " " + link.trouble())
                        .collect(Collectors.joining("; "));
    }

    /** What naming knows now, ready or not. */
    List<Endpoint> endpoints() {
        return endpoints.known().stream().map(ServiceLink::endpoint).toList();
    }

    /** Whether some endpoint says that it is ready. */
    boolean hasReadyEndpoint() {
        return endpoints().stream().anyMatch(one -> one.attributes().status() == EndpointStatus.READY);
    }

    /** Sends nothing any more. The connections belong to the pool, which closes them. */
    @Override
    public void close() {
        closed = true;
        watch.close();
        settle();
        endPaused();
    }

    @Override
    public String toString() {
        return "BalancedInvoker(" + service + ", " + balancer + ", " + naming + ')';
    }
}
