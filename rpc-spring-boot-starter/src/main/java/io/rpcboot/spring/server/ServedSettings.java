package io.rpcboot.spring.server;

import org.jspecify.annotations.Nullable;

/**
 * What is set for one service that is offered. Immutable.
 *
 * @param concurrentCalls calls that run at once; 0 for the default
 * @param mprpcName what callers that speak mprpc call it; null to leave it to the annotation, empty to keep them out
 */
public record ServedSettings(int concurrentCalls, @Nullable String mprpcName) {

    static final ServedSettings NONE = new ServedSettings(0, null);
}
