package io.rpcboot.spring.autoconfigure.failure;

import io.rpcboot.spring.autoconfigure.RegistryUnavailableException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.annotation.Order;

/** Explains that the registry must be there and is not. */
@Order(0)
final class NoRegistry extends AbstractFailureAnalyzer<RegistryUnavailableException> {

    @Override
    protected FailureAnalysis analyze(Throwable root, RegistryUnavailableException failure) {
        return new FailureAnalysis(
                "There was no connection to ZooKeeper at " + failure.registry() + " within "
                        + failure.waited().toMillis() + " ms, and rpc.registry.fail-fast is true.",
                "Start ZooKeeper, correct spring.cloud.zookeeper.connect-string, wait longer with "
                        + "rpc.registry.initial-timeout, or remove rpc.registry.fail-fast.",
                failure);
    }
}
