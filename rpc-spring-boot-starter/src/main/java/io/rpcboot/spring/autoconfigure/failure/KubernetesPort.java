package io.rpcboot.spring.autoconfigure.failure;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.annotation.Order;

/**
 * Explains a port like {@code tcp://10.0.0.1:8000}: Kubernetes sets {@code RPC_SERVER_PORT} to that in every pod beside a service named
 * {@code rpc-server}.
 */
@Order(0)
final class KubernetesPort extends AbstractFailureAnalyzer<BindException> {

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable root, BindException failure) {
        ConfigurationProperty property = failure.getProperty();
        if (property == null || !isServiceLink(property)) {
            return null;
        }
        String name = failure.getName().toString();
        String variable = name.toUpperCase(Locale.ROOT).replace('.', '_').replace("-", "");
        return new FailureAnalysis(
                "The property " + name + " has the value '" + property.getValue()
                        + "', which is not a port. Kubernetes sets "
                        + "the environment variable " + variable
                        + " to such a value in every pod beside a service whose name "
                        + "makes that variable.",
                "Set enableServiceLinks: false in the pod's specification, rename the Kubernetes service, or set the "
                        + "variable " + variable + " of the container to the port.",
                failure);
    }

    private static boolean isServiceLink(ConfigurationProperty property) {
        return property.getName().toString().startsWith("rpc.")
                && String.valueOf(property.getValue()).matches("(tcp|udp|sctp)://.*");
    }
}
