package io.rpcboot.spring.zookeeper;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.rpcboot.Endpoint;
import io.rpcboot.EndpointAttributes;
import io.rpcboot.EndpointStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.stream.Collectors;

/**
 * Writes an endpoint's node in the JSON form of Spring Cloud's ZooKeeper discovery, so that its clients can read it. Safe for use by many
 * threads.
 */
final class EndpointNodeWriter {

    private static final String PAYLOAD_TYPE = "org.springframework.cloud.zookeeper.discovery.ZookeeperInstance";
    private static final JsonFactory JSON = new JsonFactory();

    private EndpointNodeWriter() {}

    /**
     * The bytes of the node.
     *
     * @throws IllegalArgumentException if they are more than {@link EndpointNode#MAX_BYTES}
     */
    static byte[] write(EndpointNode node, Instant announcedAt) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            writeInstance(json, node, announcedAt);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
        if (bytes.size() > EndpointNode.MAX_BYTES) {
            throw new IllegalArgumentException("the registry entry of "
                    + node.endpoint().attributes().application() + " at "
                    + node.endpoint() + " has " + bytes.size() + " bytes (expected: at most " + EndpointNode.MAX_BYTES
                    + "); it lists " + node.fingerprints().size()
                    + " services: offer fewer in one application");
        }
        return bytes.toByteArray();
    }

    private static void writeInstance(JsonGenerator json, EndpointNode node, Instant announcedAt) throws IOException {
        Endpoint endpoint = node.endpoint();
        String application = endpoint.attributes().application();
        json.writeStartObject();
        json.writeStringField("name", application);
        json.writeStringField("id", endpoint.address());
        json.writeStringField("address", endpoint.host());
        json.writeNumberField("port", endpoint.port());
        json.writeNullField("sslPort");
        json.writeObjectFieldStart("payload");
        json.writeStringField("@class", PAYLOAD_TYPE);
        json.writeStringField("id", endpoint.address());
        json.writeStringField("name", application);
        json.writeObjectFieldStart("metadata");
        writeMetadata(json, node);
        json.writeEndObject();
        json.writeEndObject();
        json.writeNumberField("registrationTimeUTC", announcedAt.toEpochMilli());
        json.writeStringField("serviceType", "DYNAMIC");
        writeUriSpec(json);
        json.writeEndObject();
    }

    private static void writeMetadata(JsonGenerator json, EndpointNode node) throws IOException {
        EndpointAttributes attributes = node.endpoint().attributes();
        String services = node.fingerprints().entrySet().stream()
                .map(service -> service.getKey() + '=' + service.getValue())
                .collect(Collectors.joining(","));
        json.writeStringField(NodeKeys.SERVICES, services);
        json.writeStringField(NodeKeys.VERSION, attributes.version());
        json.writeStringField(NodeKeys.GROUP, attributes.group());
        json.writeStringField(NodeKeys.WEIGHT, Integer.toString(attributes.weight()));
        json.writeStringField(NodeKeys.ZONE, attributes.zone());
        json.writeStringField(NodeKeys.TAG, attributes.tag());
        json.writeStringField(NodeKeys.STARTED_AT, attributes.startedAt().toString());
        json.writeStringField(NodeKeys.INCARNATION, Long.toHexString(attributes.incarnation()));
        json.writeStringField(NodeKeys.STATUS, attributes.status().name());
        json.writeStringField(
                NodeKeys.INSTANCE_STATUS,
                attributes.status() == EndpointStatus.READY ? NodeKeys.UP : NodeKeys.OUT_OF_SERVICE);
    }

    private static void writeUriSpec(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("uriSpec");
        json.writeArrayFieldStart("parts");
        writePart(json, "rpc://", false);
        writePart(json, "address", true);
        writePart(json, ":", false);
        writePart(json, "port", true);
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writePart(JsonGenerator json, String value, boolean variable) throws IOException {
        json.writeStartObject();
        json.writeStringField("value", value);
        json.writeBooleanField("variable", variable);
        json.writeEndObject();
    }
}
