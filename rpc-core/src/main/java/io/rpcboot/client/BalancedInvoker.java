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
import io.rpcboot.transport.Transport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sends each call of a service to the endpoint that the balancer chooses among those that can take one now. Calls wait only while none can
 * but one may soon. Safe for use by many threads.
 */
final class BalancedInvoker implements Invoker, FailureHandler, AutoCloseable {

    private final String service;
    private final LoadBalancer balancer;
    private final ServiceEndpoints endpoints;
    private final Transport transport;
    private final WaitingCalls waiting;
    private final RetryBudget budget = new RetryBudget(System.nanoTime());
    private final Retry retry = new Retry(budget);
    private final EndpointResolver.Watch watch;
    private final String naming;
    private volatile boolean closed;

    BalancedInvoker(
            String service,
            LoadBalancer balancer,
            ConnectionPool pool,
            Routing routing,
            EndpointResolver resolver,
            Transport transport) {
        this.service = service;
        this.balancer = balancer;
        this.transport = transport;
        this.waiting = new WaitingCalls(transport);
        this.naming = resolver.toString();
        this.endpoints = new ServiceEndpoints(pool, routing, this::settle);
        this.watch = resolver.watch(service, endpoints::replace);
        transport.onClose(this::close);
    }

    @Override
    public CompletableFuture<RpcReply> invoke(RpcCall call) {
        PendingCall pending = new PendingCall(call, this);
        budget.called(pending.startedAt());
        dispatch(pending, endpoints.candidates());
        return pending;
    }

    /** Sends the call again, to another endpoint if there is one, where that is safe. */
    @Override
    public boolean takesOver(PendingCall call, RpcException failure) {
        Duration pause = closed ? null : retry.pauseBefore(call, failure);
        if (pause == null) {
            return false;
        }
        ClientConnection failed = call.connection();
        call.nextAttempt();
        if (pause.isZero()) {
            again(call, failed);
        } else {
            try {
                transport.schedule(() -> again(call, failed), pause);
            } catch (RejectedExecutionException e) {
                return false;
            }
        }
        return true;
    }

    private void again(PendingCall call, @Nullable ClientConnection failed) {
        if (!call.isDone()) {
            dispatch(call, others(failed));
        }
    }

    /** The usable endpoints without the one where the call failed, unless that is the only one. */
    private List<ServiceLink> others(@Nullable ClientConnection failed) {
        List<ServiceLink> usable = endpoints.usable();
        List<ServiceLink> others = usable.stream()
                .filter(link -> link.usableConnection() != failed)
                .toList();
        return others.isEmpty() ? usable : others;
    }

    /** Sends the call or has it wait. Whatever goes wrong ends the call: nobody else has it at this moment. */
    private void dispatch(PendingCall pending, List<ServiceLink> candidates) {
        try {
            if (!send(pending, candidates)) {
                park(pending);
            }
        } catch (RuntimeException | Error e) {
            pending.failForGood(pending.failure(RpcException.of(RpcStatus.INTERNAL, "the call could not be sent: " + e)
                    .outcome(Outcome.DID_NOT_RUN)
                    .cause(e)));
        }
    }

    private void park(PendingCall pending) {
        endpoints.demand();
        if (closed) {
            pending.failForGood(isClosed(pending));
        } else if (waiting.add(pending)) {
            endpoints.refresh();
            settle();
        } else {
            pending.failForGood(pending.failure(
                    RpcStatus.RESOURCE_EXHAUSTED,
                    Reason.LIMIT,
                    Outcome.DID_NOT_RUN,
                    "too many calls wait for a connection already (limit: " + WaitingCalls.MAX_CALLS + "); "
                            + whyNone()));
        }
    }

    private static RpcException isClosed(PendingCall call) {
        return call.failure(RpcStatus.UNAVAILABLE, Reason.CLOSED, Outcome.DID_NOT_RUN, "the client is closed");
    }

    /** Sends the call now, if some candidate can take it. */
    private boolean send(PendingCall pending, List<ServiceLink> candidates) {
        if (closed || candidates.isEmpty()) {
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
            waiting.takeAll().forEach(call -> call.failForGood(isClosed(call)));
        } else if (!endpoints.usable().isEmpty()) {
            waiting.takeAll().forEach(call -> dispatch(call, endpoints.candidates()));
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
