package io.rpcboot.client;

import io.rpcboot.RpcCall;
import org.jspecify.annotations.Nullable;

/** Makes the key by which a balancer that hashes keeps calls together. Safe for use by many threads; never blocks. */
@FunctionalInterface
public interface HashKey {

    /** The key of the call, or null if it has none. Asked after the client's interceptors, for calls without a key of their own. */
    @Nullable
    String of(RpcCall call);

    /** The first text under this key of the call's metadata. */
    static HashKey metadata(String key) {
        return call -> call.metadata().text(key);
    }

    /**
     * A field of the request, by its name in the contract; a path with dots leads into messages. Calls whose request has no such field, or has
     * it unset, have no key.
     */
    static HashKey field(String path) {
        return new RequestField(path);
    }
}
