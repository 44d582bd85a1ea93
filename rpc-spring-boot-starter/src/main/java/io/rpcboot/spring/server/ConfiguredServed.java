package io.rpcboot.spring.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;

/** Finds what is configured for the services that are offered, and notes for which keys there was none. Used on one thread. */
final class ConfiguredServed {

    private final Map<String, ServedSettings> byKey;
    private final List<String> unused;

    ConfiguredServed(Map<String, ServedSettings> byKey) {
        this.byKey = byKey;
        this.unused = new ArrayList<>(byKey.keySet());
    }

    /** What is set for the service, preferring its exact full name over what merely matches. */
    ServedSettings of(String service) {
        unused.removeIf(key -> names(key, service));
        return Optional.ofNullable(byKey.get(service))
                .or(() -> byKey.entrySet().stream()
                        .filter(entry -> names(entry.getKey(), service))
                        .map(Entry::getValue)
                        .findFirst())
                .orElse(ServedSettings.NONE);
    }

    List<String> unusedKeys() {
        return unused;
    }

    /** In any case and with or without signs, since environment variables know none. */
    private static boolean names(String key, String service) {
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
