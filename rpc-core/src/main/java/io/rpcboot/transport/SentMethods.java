package io.rpcboot.transport;

import io.rpcboot.RpcMethod;
import io.rpcboot.wire.EncodedName;
import io.rpcboot.wire.Header;
import java.util.IdentityHashMap;
import java.util.Map;

/** How the methods called over one connection are named on it: by their names until the server gives them a number. Confined to the event loop. */
final class SentMethods {

    private final Map<RpcMethod, SentMethod> methods = new IdentityHashMap<>();

    /** Names the method in the header of a request. */
    void name(RpcMethod method, Header header) {
        SentMethod sent = methods.computeIfAbsent(method, SentMethod::new);
        if (sent.number != 0) {
            header.methodId(sent.number);
        } else {
            header.names(sent.names);
        }
    }

    /** The server gave the method a number. */
    void numbered(RpcMethod method, int number) {
        SentMethod sent = methods.get(method);
        if (sent != null) {
            sent.number = number;
        }
    }

    private static final class SentMethod {
        final EncodedName names;
        int number;

        SentMethod(RpcMethod method) {
            names = EncodedName.of(method.service(), method.name());
        }
    }
}
