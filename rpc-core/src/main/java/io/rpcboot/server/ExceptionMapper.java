package io.rpcboot.server;

import io.rpcboot.RpcException;
import org.jspecify.annotations.Nullable;

/** Says what callers see of an exception that user code threw. Safe for use by many threads. */
@FunctionalInterface
public interface ExceptionMapper {

    /** The failure to answer with, or null if this mapper does not know the exception. */
    @Nullable
    RpcException map(Throwable failure);
}
