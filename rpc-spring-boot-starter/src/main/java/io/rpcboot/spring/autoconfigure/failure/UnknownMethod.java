package io.rpcboot.spring.autoconfigure.failure;

import io.rpcboot.spring.client.UnknownMethodException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.annotation.Order;

/** Explains that something is set for a method that there is not. */
@Order(0)
final class UnknownMethod extends AbstractFailureAnalyzer<UnknownMethodException> {

    @Override
    protected FailureAnalysis analyze(Throwable root, UnknownMethodException failure) {
        return new FailureAnalysis(
                "The property rpc.client.services[" + failure.key() + "].methods." + failure.method()
                        + " is set, but the service " + failure.service() + " has no method '" + failure.method()
                        + "'.",
                "Use one of its methods: " + String.join(", ", failure.methods()) + '.',
                failure);
    }
}
