package io.rpcboot.naming;

import io.rpcboot.Endpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The configuration file of an mprpc application: lines of {@code key=value}, with blanks around either trimmed, and comments from
 * {@code #} at the start of a line. Lines without {@code =} and keys that are not asked for have no meaning. Upper case and underscores in keys
 * count for nothing, since copies of mprpc spell them in several ways. Immutable.
 */
public final class MprpcConfig {

    private static final int MAX_PORT = 65535;

    private final String origin;
    private final Map<String, String> values;

    private MprpcConfig(String origin, Map<String, String> values) {
        this.origin = origin;
        this.values = Map.copyOf(values);
    }

    /**
     * Reads the file.
     *
     * @throws IOException if it cannot be read
     */
    public static MprpcConfig read(Path file) throws IOException {
        return parse(Files.readString(file, StandardCharsets.UTF_8), file.toString());
    }

    static MprpcConfig parse(String text, String origin) {
        Map<String, String> values = new HashMap<>();
        text.lines().map(String::strip).filter(line -> !line.startsWith("#")).forEach(line -> {
            int equals = line.indexOf('=');
            if (equals > 0) {
                values.put(
                        plain(line.substring(0, equals)),
                        line.substring(equals + 1).strip());
            }
        });
        return new MprpcConfig(origin, values);
    }

    private static String plain(String key) {
        return key.strip().toLowerCase(Locale.ROOT).replace("_", "");
    }

    /**
     * Where the provider listens, and is found: {@code rpcserverip} and {@code rpcserverport}.
     *
     * @throws IllegalArgumentException if one is missing, or the port is no number from 0 to 65535
     */
    public InetSocketAddress serverAddress() {
        return new InetSocketAddress(value("rpcserverip"), port("rpcserverport"));
    }

    /**
     * As {@link #serverAddress()}, for whoever calls the provider.
     *
     * @throws IllegalArgumentException as there, or if the port is 0
     */
    public Endpoint serverEndpoint() {
        return Endpoint.of(value("rpcserverip"), port("rpcserverport"));
    }

    /**
     * The connect string of ZooKeeper: {@code zookeeperip}, a colon, and {@code zookeeperport}, as they stand there.
     *
     * @throws IllegalArgumentException if one is missing
     */
    public String zookeeperConnectString() {
        return value("zookeeperip") + ':' + value("zookeeperport");
    }

    private String value(String key) {
        String value = values.get(key);
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException(origin + ": " + key + " is missing (expected: a line " + key
                    + "=..., besides " + values.keySet() + ')');
        }
        return value;
    }

    private int port(String key) {
        String value = value(key);
        try {
            int port = Integer.parseInt(value);
            if (port >= 0 && port <= MAX_PORT) {
                return port;
            }
        } catch (NumberFormatException e) {
            throw notAPort(key, value, e);
        }
        throw notAPort(key, value, null);
    }

    private IllegalArgumentException notAPort(String key, String value, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                origin + ": " + key + ": " + value + " (expected: a number from 0 to " + MAX_PORT + ")", cause);
    }

    @Override
    public String toString() {
        return "MprpcConfig(" + origin + ')';
    }
}
