package io.rpcboot.spring.autoconfigure.failure;

import io.rpcboot.server.BindFailedException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.annotation.Order;

/** Explains that the server could not bind its address. */
@Order(0)
final class PortTaken extends AbstractFailureAnalyzer<BindFailedException> {

    @Override
    protected FailureAnalysis analyze(Throwable root, BindFailedException failure) {
        String address = failure.host() + ':' + failure.port();
        Throwable reason = failure.getCause();
        if (String.valueOf(failure.getMessage()).contains("in use")) {
            return new FailureAnalysis(
                    "The RPC server could not listen on " + address + ": port " + failure.port() + " is in use.",
                    "Stop the process that listens on port " + failure.port() + ", or set rpc.server.port to another "
                            + "port; 0 takes a free one.",
                    failure);
        }
        return new FailureAnalysis(
                "The RPC server could not listen on " + address + ": " + reason + '.',
                "Check rpc.server.address, which must be an address of this machine, and rpc.server.port; ports below "
                        + "1024 need special rights.",
                failure);
    }
}
