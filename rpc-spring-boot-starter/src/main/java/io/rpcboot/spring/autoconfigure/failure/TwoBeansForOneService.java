package io.rpcboot.spring.autoconfigure.failure;

import io.rpcboot.spring.server.DuplicateServiceException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.annotation.Order;

/** Explains that a service is implemented twice. */
@Order(0)
final class TwoBeansForOneService extends AbstractFailureAnalyzer<DuplicateServiceException> {

    @Override
    protected FailureAnalysis analyze(Throwable root, DuplicateServiceException failure) {
        if (failure.first().equals(failure.second())) {
            return new FailureAnalysis(
                    "The @RpcService bean '" + failure.first() + "' implements both the blocking and the asynchronous "
                            + "interface of " + failure.service() + '.',
                    "Implement one of the two.",
                    failure);
        }
        return new FailureAnalysis(
                "The service " + failure.service() + " is implemented by two @RpcService beans: '" + failure.first()
                        + "' and '" + failure.second() + "'.",
                "Remove @RpcService from one of them, or define it under a condition or profile.",
                failure);
    }
}
