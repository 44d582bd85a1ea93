package io.rpcboot.spring.autoconfigure.failure;

import io.rpcboot.spring.server.AnnouncementRefusedException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.annotation.Order;

/** Explains that the server's address cannot be announced, most often since nobody else could reach it. */
@Order(0)
final class RefusedAnnouncement extends AbstractFailureAnalyzer<AnnouncementRefusedException> {

    @Override
    protected FailureAnalysis analyze(Throwable root, AnnouncementRefusedException failure) {
        return new FailureAnalysis(
                "The RPC server listens, but its endpoint " + failure.endpoint() + " cannot be announced: "
                        + failure.reason() + '.',
                "Set rpc.server.advertised-host, and rpc.server.advertised-port where it differs, to an address at which "
                        + "other machines reach this one, or rpc.registry.enabled=false to announce nothing.",
                failure);
    }
}
