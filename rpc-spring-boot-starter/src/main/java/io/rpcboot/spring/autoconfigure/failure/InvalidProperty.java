package io.rpcboot.spring.autoconfigure.failure;

import io.rpcboot.spring.autoconfigure.InvalidPropertyException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.annotation.Order;

/** Explains that a value can be read but not used. */
@Order(0)
final class InvalidProperty extends AbstractFailureAnalyzer<InvalidPropertyException> {

    @Override
    protected FailureAnalysis analyze(Throwable root, InvalidPropertyException failure) {
        return new FailureAnalysis(
                "The property " + failure.key() + " has a value that cannot be used: " + failure.value() + '.',
                "Set " + failure.key() + " to " + failure.expected() + '.',
                failure);
    }
}
