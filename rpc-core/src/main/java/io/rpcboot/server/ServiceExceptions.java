package io.rpcboot.server;

import com.google.protobuf.ServiceException;
import io.rpcboot.RpcException;
import io.rpcboot.RpcStatus;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What callers see of protobuf's {@link ServiceException}: {@link RpcStatus#ABORTED} with its message, as after {@code setFailed}; what a
 * stub has thrown counts as the failure of that call. One that only wraps another exception is none of these, since its message is that
 * exception's. Asked after all other mappers. Safe for use by many threads.
 */
public final class ServiceExceptions implements ExceptionMapper {

    @Override
    public @Nullable RpcException map(Throwable failure) {
        if (!(failure instanceof ServiceException)) {
            return null;
        }
        Throwable cause = failure.getCause();
        if (cause instanceof RpcException rpc) {
            return rpc;
        }
        String text = Objects.requireNonNullElse(failure.getMessage(), "");
        return cause != null && text.equals(cause.toString())
                ? null
                : new RpcException(RpcStatus.ABORTED, text, failure);
    }
}
