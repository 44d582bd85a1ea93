package io.rpcboot.spring.zookeeper;

import io.rpcboot.Endpoint;
import java.util.Locale;
import java.util.regex.Pattern;

/** Refuses to announce an address that only this machine can reach, unless the registry is on this machine too. */
final class AdvertisedAddress {

    private static final Pattern LOCAL =
            Pattern.compile("localhost|127(\\.\\d{1,3}){3}|0\\.0\\.0\\.0|\\[?(::|::1|(0+:){7}0*[01])]?");

    private AdvertisedAddress() {}

    /**
     * Checks by the text alone, without a look at DNS.
     *
     * @param connectString the ZooKeeper servers as Curator has them: {@code host:port,host:port/path}
     * @throws IllegalArgumentException if nobody else could connect; the message names the properties to set
     */
    static void check(Endpoint endpoint, String connectString) {
        if (isLocal(endpoint.host()) && !allLocal(connectString)) {
            throw new IllegalArgumentException("the address to announce is " + endpoint.address()
                    + ", which other machines cannot reach, while ZooKeeper is at " + connectString
                    + " (expected: an address of this machine; set rpc.server.advertised-host, and"
                    + " rpc.server.advertised-port where the port differs as well)");
        }
    }

    private static boolean allLocal(String connectString) {
        int path = connectString.indexOf('/');
        String servers = path < 0 ? connectString : connectString.substring(0, path);
        for (String server : servers.split(",", -1)) {
            if (!isLocal(withoutPort(server.strip()))) {
                return false;
            }
        }
        return true;
    }

    private static String withoutPort(String server) {
        int colon = server.lastIndexOf(':');
        boolean hasPort = colon >= 0 && (server.indexOf(':') == colon || server.charAt(colon - 1) == ']');
        return hasPort ? server.substring(0, colon) : server;
    }

    private static boolean isLocal(String host) {
        return LOCAL.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }
}
