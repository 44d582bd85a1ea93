package io.rpcboot.spring.client;

import io.rpcboot.Endpoint;
import io.rpcboot.balance.LoadBalancer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is configured for calls to one service. Immutable.
 *
 * @param key the name of the service as configured: full or short, in any case
 * @param timeout of its calls; null leaves it to the reference or the client
 * @param methodTimeouts by name of the method
 * @param addresses where the service runs; empty leaves it to naming
 * @param application the one that offers the service; null leaves it to naming
 * @param loadBalancer makes the balancer; null leaves it to the client
 * @param version only endpoints of this version are called; empty for any
 * @param group only endpoints of this group are called; empty for any
 * @param check whether the start fails while no endpoint is known
 */
public record ServiceSettings(
        String key,
        @Nullable Duration timeout,
        Map<String, Duration> methodTimeouts,
        List<Endpoint> addresses,
        @Nullable String application,
        @Nullable Supplier<LoadBalancer> loadBalancer,
        String version,
        String group,
        boolean check) {

    public ServiceSettings {
        methodTimeouts = Map.copyOf(methodTimeouts);
        addresses = List.copyOf(addresses);
    }

    /** Whether the key is this service's full or short name, in any case and with or without signs, since environment variables know none. */
    boolean names(String service) {
        String wanted = plain(key);
        String shortName = service.substring(service.lastIndexOf('.') + 1);
        return wanted.equals(plain(service)) || wanted.equals(plain(shortName));
    }

    private static String plain(String name) {
        StringBuilder plain = new StringBuilder(name.length());
        name.codePoints()
                .filter(Character::isLetterOrDigit)
                .map(Character::toLowerCase)
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }
}
