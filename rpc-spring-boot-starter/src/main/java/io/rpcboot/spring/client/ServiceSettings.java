package io.rpcboot.spring.client;

import io.rpcboot.client.ServiceOptions;
import org.jspecify.annotations.Nullable;

/**
 * What is configured for calls to one service. Immutable.
 *
 * @param key the name of the service as configured: full or short, in any case
 * @param options how it is called; names of methods are as configured, in any case
 * @param application the one that offers the service; null leaves it to naming
 * @param check whether the start fails while no endpoint is known
 */
public record ServiceSettings(
        String key, ServiceOptions options, @Nullable String application, boolean check) {

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
