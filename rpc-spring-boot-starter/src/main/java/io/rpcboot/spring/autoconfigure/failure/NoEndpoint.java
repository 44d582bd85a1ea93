package io.rpcboot.spring.autoconfigure.failure;

import io.rpcboot.spring.client.NoEndpointException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.annotation.Order;

/** Explains that a service that must be there is not. */
@Order(0)
final class NoEndpoint extends AbstractFailureAnalyzer<NoEndpointException> {

    @Override
    protected FailureAnalysis analyze(Throwable root, NoEndpointException failure) {
        return new FailureAnalysis(
                "No ready endpoint of the service " + failure.service() + " was known within "
                        + failure.waited().toMillis() + " ms, and the application is set to check for one.",
                "Start an application that offers " + failure.service()
                        + ", give its address in rpc.client.services[" + failure.service()
                        + "].addresses, wait longer with "
                        + "rpc.registry.initial-timeout, or set check to false to start without it.",
                failure);
    }
}
