package io.rpcboot.spring.autoconfigure;

import java.net.InetAddress;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.commons.util.InetUtils;
import org.springframework.core.env.Environment;

/** Finds the host that callers are told to use: what is set, else the address that is bound, else the first that is not loopback. */
final class AdvertisedHost implements Supplier<String> {

    private static final String SPRING_CLOUD_HOST = "spring.cloud.zookeeper.discovery.instance-host";

    private final RpcProperties.Server server;
    private final Environment environment;
    private final @Nullable InetUtils network;

    AdvertisedHost(RpcProperties.Server server, Environment environment, @Nullable InetUtils network) {
        this.server = server;
        this.environment = environment;
        this.network = network;
    }

    @Override
    public String get() {
        if (server.advertisedHost() != null) {
            return server.advertisedHost();
        }
        String springCloud = environment.getProperty(SPRING_CLOUD_HOST);
        return springCloud == null ? address().getHostAddress() : springCloud;
    }

    private InetAddress address() {
        if (server.address() != null && !server.address().isAnyLocalAddress()) {
            return server.address();
        }
        InetAddress outward = network == null ? null : network.findFirstNonLoopbackAddress();
        return outward == null ? InetAddress.getLoopbackAddress() : outward;
    }
}
