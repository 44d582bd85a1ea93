package io.rpcboot.spring.server;

import java.util.Map;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** Shows the bound port to the application, as the property {@code local.rpc.port}. */
public final class LocalPort {

    private static final String PROPERTY = "local.rpc.port";
    private static final String SOURCE = "rpc.ports";

    private final ConfigurableEnvironment environment;

    public LocalPort(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    void set(int port) {
        // A source of the same name is replaced and the new one comes first, whichever port an earlier start had.
        environment.getPropertySources().addFirst(new MapPropertySource(SOURCE, Map.of(PROPERTY, port)));
    }
}
