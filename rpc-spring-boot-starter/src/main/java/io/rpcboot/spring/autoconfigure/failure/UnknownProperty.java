package io.rpcboot.spring.autoconfigure.failure;

import io.rpcboot.spring.autoconfigure.UnknownKeysException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.annotation.Order;

/** Explains that there are keys that mean nothing. */
@Order(0)
final class UnknownProperty extends AbstractFailureAnalyzer<UnknownKeysException> {

    @Override
    protected FailureAnalysis analyze(Throwable root, UnknownKeysException failure) {
        return new FailureAnalysis(
                "There are properties under 'rpc.' that mean nothing:" + System.lineSeparator() + failure.list(),
                "Correct or remove them. Properties of extensions belong under rpc.ext; rpc.unknown-keys=warn starts the "
                        + "application all the same.",
                failure);
    }
}
