package io.rpcboot.spring.autoconfigure.failure;

import io.rpcboot.spring.client.InvalidReferenceException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.annotation.Order;

/** Explains that nothing can be injected at an {@code @RpcReference}. */
@Order(0)
final class WrongReference extends AbstractFailureAnalyzer<InvalidReferenceException> {

    @Override
    protected FailureAnalysis analyze(Throwable root, InvalidReferenceException failure) {
        return new FailureAnalysis(String.valueOf(failure.getMessage()), failure.action(), failure);
    }
}
