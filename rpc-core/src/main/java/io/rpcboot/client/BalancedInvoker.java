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
import io.rpcboot.transport.ClientConnection;
import io.rpcboot.transport.FailureHandler;
import io.rpcboot.transport.PendingCall;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * Sends each call of a service to the endpoint that the balancer chooses among those that can take one now. Calls wait only while none can
 * but one may soon. Safe for use by many threads.
 */
final class BalancedInvoker implements Invoker, FailureHandler, AutoCloseable {

    /** Attempts after the first for calls that certainly did not run: enough to pass two endpoints that are going away. */
    private static final int MOVES = 2;

    private final String service;
    private final LoadBalancer balancer;
    private final ServiceEndpoints endpoints;
    private final WaitingCalls waiting;
    private final EndpointResolver.Watch watch;
    private final String naming;
    private volatile boolean closed;

    BalancedInvoker(
            String service,
            LoadBalancer balancer,
            ConnectionPool pool,
            Routing routing,
            EndpointResolver resolver,
            WaitingCalls waiting) {
        this.service = service;
        this.balancer = balancer;
        this.waiting = waiting;
        this.naming = resolver.toString();
        this.endpoints = new ServiceEndpoints(pool, routing, this::settle);
        this.watch = resolver.watch(service, endpoints::replace);
    }

    @Override
    public CompletableFuture<RpcReply> invoke(RpcCall call) {
        PendingCall pending = new PendingCall(call, this);
        dispatch(pending);
        return pending;
    }

    /** A call that certainly did not run goes to another endpoint. */
    @Override
    public boolean takesOver(PendingCall call, RpcException failure) {
        boolean movable = failure.outcome() == Outcome.DID_NOT_RUN
                && (failure.reason() == Reason.CONNECTION_LOST || failure.reason() == Reason.DRAINING);
        if (!movable || closed || call.attempt() - call.call().attempt() >= MOVES) {
            return false;
        }
        call.nextAttempt();
        dispatch(call);
        return true;
    }

    private void dispatch(PendingCall pending) {
        if (!send(pending)) {
            endpoints.demand();
            if (waiting.add(pending)) {
                endpoints.refresh();
                settle();
            } else {
                pending.fail(pending.failure(
                        RpcStatus.RESOURCE_EXHAUSTED,
                        Reason.LIMIT,
                        Outcome.DID_NOT_RUN,
                        WaitingCalls.MAX_CALLS + " calls already wait for a connection; " + whyNone()));
            }
        }
    }

    /** Sends the call now, if some endpoint can take it. */
    private boolean send(PendingCall pending) {
        if (closed) {
            return false;
        }
        List<ServiceLink> candidates = endpoints.candidates();
        if (candidates.isEmpty()) {
            return false;
        }
        ServiceLink chosen = balancer.choose(candidates, pending.call());
        ClientConnection connection = chosen.usableConnection();
        if (connection == null) {
            return sendToFirstUsable(candidates, pending);
        }
        pending.observer(chosen);
        connection.send(pending);
        return true;
    }

    /** The list is a moment old: the chosen connection may have closed since. */
    private static boolean sendToFirstUsable(List<ServiceLink> candidates, PendingCall pending) {
        for (ServiceLink link : candidates) {
            ClientConnection connection = link.usableConnection();
            if (connection != null) {
                pending.observer(link);
                connection.send(pending);
                return true;
            }
        }
        return false;
    }

    /** Something changed: calls that waited are sent, or fail if there is nothing left to wait for. */
    private void settle() {
        if (waiting.isEmpty()) {
            return;
        }
        if (closed) {
            waiting.takeAll()
                    .forEach(call -> call.fail(call.failure(
                            RpcStatus.UNAVAILABLE, Reason.CLOSED, Outcome.DID_NOT_RUN, "the client is closed")));
        } else if (!endpoints.usable().isEmpty()) {
            waiting.takeAll().forEach(this::dispatch);
        } else if (!endpoints.mayConnectSoon()) {
            Reason reason = endpoints.ready().isEmpty() ? Reason.NO_ENDPOINT : Reason.CONNECT_FAILED;
            waiting.takeAll()
                    .forEach(call ->
                            call.fail(call.failure(RpcStatus.UNAVAILABLE, reason, Outcome.DID_NOT_RUN, whyNone())));
        }
    }

    private String whyNone() {
        List<ServiceLink> known = endpoints.known();
        if (known.isEmpty()) {
            return "no endpoint" + endpoints.wanted() + " is known for " + service + " (asked: " + naming
                    + "); is a provider running, and registered in the same place?";
        }
        return "none of the endpoints of " + service + " can take a call: "
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
    }

    @Override
    public String toString() {
        return "BalancedInvoker(" + service + ", " + balancer + ", " + naming + ')';
    }
}
