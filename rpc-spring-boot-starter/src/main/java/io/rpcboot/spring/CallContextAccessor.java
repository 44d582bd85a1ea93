package io.rpcboot.spring;

import io.micrometer.context.ThreadLocalAccessor;
import io.rpcboot.CallContext;
import org.jspecify.annotations.Nullable;

/**
 * Lets Micrometer's context propagation carry the context of the call that is being served, its deadline and metadata, to other threads.
 * Found through {@code META-INF/services}. Safe for use by many threads.
 */
public final class CallContextAccessor implements ThreadLocalAccessor<CallContext> {

    /** Under this key snapshots hold the context. */
    public static final String KEY = "io.rpcboot.call-context";

    @Override
    public Object key() {
        return KEY;
    }

    @Override
    public @Nullable CallContext getValue() {
        return CallContext.current();
    }

    @Override
    public void setValue(CallContext context) {
        enter(context);
    }

    @Override
    public void setValue() {
        enter(null);
    }

    @SuppressWarnings("MustBeClosed") // Micrometer puts back what stood before by setting it.
    private static void enter(@Nullable CallContext context) {
        CallContext.enter(context);
    }
}
