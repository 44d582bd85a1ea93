package io.rpcboot.spring.zookeeper;

import io.rpcboot.Endpoint;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Somebody who watches a service, until he leaves. Safe for use by many threads. */
final class EndpointListener {

    private static final Logger log = LoggerFactory.getLogger(EndpointListener.class);

    private final String service;
    private final Consumer<List<Endpoint>> onChange;
    private volatile boolean left;

    EndpointListener(String service, Consumer<List<Endpoint>> onChange) {
        this.service = service;
        this.onChange = onChange;
    }

    void accept(List<Endpoint> endpoints) {
        if (left) {
            return;
        }
        try {
            onChange.accept(endpoints);
        } catch (RuntimeException e) {
            log.error("A listener to the endpoints of {} failed on {}", service, endpoints, e);
        }
    }

    void leave() {
        left = true;
    }
}
