package io.rpcboot.spring.autoconfigure;

import io.rpcboot.spring.autoconfigure.RpcProperties.UnknownKeyPolicy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Finds keys under {@code rpc.} that mean nothing. In files and arguments they stop the start. Environment variables and system properties may
 * belong to somebody else; there only those are warned of that are close to a known key.
 */
final class UnknownKeys {

    private static final Logger log = LoggerFactory.getLogger(UnknownKeys.class);

    private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("rpc");
    private final KnownKeys known = new KnownKeys();
    private final List<UnknownKey> found = new ArrayList<>();

    private UnknownKeys() {}

    /**
     * Looks through all sources of the environment.
     *
     * @throws UnknownKeysException if there are unknown keys and {@code rpc.unknown-keys} does not say otherwise
     */
    static void check(ConfigurableEnvironment environment) {
        UnknownKeys keys = new UnknownKeys();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource iterable) {
                keys.look(iterable);
            }
        }
        keys.report(Binder.get(environment)
                .bind("rpc.unknown-keys", UnknownKeyPolicy.class)
                .orElse(UnknownKeyPolicy.FAIL));
    }

    private void look(IterableConfigurationPropertySource source) {
        boolean shared = isShared(source.getUnderlyingSource());
        for (ConfigurationPropertyName name : source) {
            if (ROOT.isAncestorOf(name) && !known.contains(name)) {
                unknown(source, name, shared);
            }
        }
    }

    private static boolean isShared(@Nullable Object source) {
        return source instanceof SystemEnvironmentPropertySource
                || source instanceof PropertySource<?> properties
                        && properties.getName().equals(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
    }

    private void unknown(IterableConfigurationPropertySource source, ConfigurationPropertyName name, boolean shared) {
        if (!shared) {
            found.add(UnknownKey.of(name, source, known.closestTo(name)));
        } else if (known.nearMiss(name) != null) {
            log.warn("{}", UnknownKey.of(name, source, known.nearMiss(name)));
        }
    }

    private void report(UnknownKeyPolicy policy) {
        if (!found.isEmpty() && policy == UnknownKeyPolicy.FAIL) {
            throw new UnknownKeysException(found);
        }
        found.forEach(key -> log.warn("{}", key));
    }
}
