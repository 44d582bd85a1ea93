package io.rpcboot.transport;

import io.rpcboot.Endpoint;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Socket addresses as people read them. */
final class Addresses {

    private Addresses() {}

    static String text(@Nullable SocketAddress address) {
        if (address instanceof InetSocketAddress inet) {
            return Endpoint.of(inet.getHostString(), inet.getPort()).address();
        }
        return String.valueOf(address);
    }
}
