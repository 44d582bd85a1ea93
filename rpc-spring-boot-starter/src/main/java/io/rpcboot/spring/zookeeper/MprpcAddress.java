package io.rpcboot.spring.zookeeper;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.rpcboot.Endpoint;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An address as mprpc peers keep it in a node: {@code ip:port} in ASCII, of which they read no more than they need. What is written here suits
 * them; what they accept is read here.
 */
final class MprpcAddress {

    /** No address is longer, even with what some peers append; one of them pads its data to 256 bytes. */
    static final int MAX_BYTES = 1024;

    private static final Pattern ONLY_NUMBERS = Pattern.compile("[0-9.]+");
    private static final Pattern IPV4 =
            Pattern.compile("(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)){3}");
    private static final int MAX_PORT_DIGITS = 10;

    private MprpcAddress() {}

    /**
     * The endpoint with an IPv4 literal for its host, which is all that mprpc peers can connect to. A host name is looked up, which blocks.
     *
     * @throws IllegalArgumentException if the host has no IPv4 address
     */
    static Endpoint numeric(Endpoint endpoint) {
        return new Endpoint(ipv4(endpoint.host()), endpoint.port(), endpoint.attributes());
    }

    private static String ipv4(String host) {
        try {
            return Arrays.stream(InetAddress.getAllByName(host))
                    .filter(Inet4Address.class::isInstance)
                    .map(InetAddress::getHostAddress)
                    .findFirst()
                    .orElseThrow(() -> withoutIpv4(host, "no IPv4 address", null));
        } catch (UnknownHostException e) {
            throw withoutIpv4(host, "a host that is not known", e);
        }
    }

    private static IllegalArgumentException withoutIpv4(String host, String what, @Nullable Exception cause) {
        return new IllegalArgumentException(
                "the address to announce to mprpc peers is " + host + ", " + what
                        + " (expected: an IPv4 address, since they read no other; set rpc.server.advertised-host to one)",
                cause);
    }

    /** What the node says. */
    static byte[] write(Endpoint numeric) {
        return numeric.address().getBytes(US_ASCII);
    }

    /**
     * The endpoint that the data of a node names: up to the first NUL, without blanks around it, split at the first colon. The digits that follow
     * are the port; what comes after them means nothing. Unlike the peers, this takes host names as well.
     *
     * @throws BadNodeException if there is none
     */
    static Endpoint read(byte[] data) throws BadNodeException {
        if (data.length > MAX_BYTES) {
            throw tooLarge(data.length);
        }
        return read(new String(data, ISO_8859_1));
    }

    /**
     * As above, for the name of a node.
     *
     * @throws BadNodeException if there is no address in it
     */
    static Endpoint read(String text) throws BadNodeException {
        int nul = text.indexOf('\0');
        String address = (nul < 0 ? text : text.substring(0, nul)).strip();
        int colon = address.indexOf(':');
        if (colon < 0) {
            throw bad(text);
        }
        String host = address.substring(0, colon).strip();
        int port = leadingNumber(address.substring(colon + 1).strip());
        if (!isHost(host) || port < 1 || port > 65535) {
            throw bad(text);
        }
        return Endpoint.of(host, port);
    }

    static BadNodeException tooLarge(int bytes) {
        return new BadNodeException("data: " + bytes + " bytes (expected: at most " + MAX_BYTES + ")");
    }

    private static boolean isHost(String host) {
        Pattern form = ONLY_NUMBERS.matcher(host).matches() ? IPV4 : NodeFields.HOST_NAME;
        return form.matcher(host).matches();
    }

    /** The number that the text begins with; 0 if it begins with none, or with one that is no port in any case. */
    private static int leadingNumber(String text) {
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        boolean sane = digits > 0 && digits <= MAX_PORT_DIGITS;
        return sane ? (int) Math.min(Long.parseLong(text.substring(0, digits)), Integer.MAX_VALUE) : 0;
    }

    private static BadNodeException bad(String text) {
        return NodeFields.bad("address", text, "ip:port, the port 1..65535");
    }
}
