package io.rpcboot.spring.zookeeper;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rpcboot.Endpoint;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A saved list as text: a line that says of which service and registry it is, when it was saved and how many endpoints follow, then one line
 * for each: application, address, and the content of its node in the registry. Read as strictly as the registry is.
 *
 * @param service full name of the service
 * @param registry which registry the list is from; has no tab and no line break
 */
record SavedListText(String service, String registry) {

    private static final String FORMAT = "rpcboot-endpoints-1";

    String write(List<Endpoint> endpoints, Instant savedAt) {
        StringBuilder text = new StringBuilder();
        text.append(String.join("\t", FORMAT, service, registry, savedAt.toString(), "" + endpoints.size()))
                .append('\n');
        for (Endpoint endpoint : endpoints) {
            EndpointNode node = new EndpointNode(endpoint, Map.of(service, ""));
            text.append(endpoint.attributes().application())
                    .append('\t')
                    .append(endpoint.address())
                    .append('\t')
                    .append(new String(EndpointNodeWriter.write(node, savedAt), UTF_8))
                    .append('\n');
        }
        return text.toString();
    }

    /**
     * The list that the text holds.
     *
     * @throws BadNodeException if it was cut or changed, is of another service or registry, or one of its endpoints is no valid one
     */
    SavedList read(String text) throws BadNodeException {
        String[] lines = text.split("\n", -1);
        String[] head = lines[0].split("\t", -1);
        expect(head.length == 5 && head[0].equals(FORMAT), "first line", lines[0], "that of a saved list");
        expect(head[1].equals(service), "service", head[1], service);
        expect(head[2].equals(registry), "registry", head[2], registry);
        int count = lines.length - 2;
        expect(head[4].equals("" + count) && lines[lines.length - 1].isEmpty(), "endpoints", "" + count, head[4]);
        List<Endpoint> endpoints = new ArrayList<>();
        Set<String> addresses = new HashSet<>();
        for (String line : List.of(lines).subList(1, count + 1)) {
            Endpoint endpoint = endpoint(line);
            expect(addresses.add(endpoint.address()), "address", endpoint.address(), "each once");
            endpoints.add(endpoint);
        }
        return new SavedList(instant(head[3]), endpoints);
    }

    private Endpoint endpoint(String line) throws BadNodeException {
        String[] parts = line.split("\t", 3);
        expect(parts.length == 3, "line", line, "application, address and node");
        EndpointNode node = EndpointNodeReader.read(parts[0], parts[1], parts[2].getBytes(UTF_8));
        expect(node.offers(service), "services", node.fingerprints().keySet().toString(), service);
        return node.endpoint();
    }

    private static Instant instant(String text) throws BadNodeException {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new BadNodeException("saved at: no instant in ISO 8601", e);
        }
    }

    private static void expect(boolean condition, String field, String value, String expected) throws BadNodeException {
        if (!condition) {
            throw NodeFields.bad(field, value, expected);
        }
    }
}
