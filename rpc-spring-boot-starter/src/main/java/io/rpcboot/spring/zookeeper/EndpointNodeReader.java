package io.rpcboot.spring.zookeeper;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads an endpoint's node: strict in the fields it uses, blind to all others, bounded in size and depth. Whoever may write to the registry
 * may write anything, so no class that a node names is ever loaded. Safe for use by many threads.
 */
final class EndpointNodeReader {

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxDocumentLength(EndpointNode.MAX_BYTES)
                    .maxStringLength(EndpointNode.MAX_BYTES)
                    .maxNestingDepth(16)
                    .maxNameLength(256)
                    .maxNumberLength(20)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private EndpointNodeReader() {}

    /**
     * The endpoint that the node of this name describes.
     *
     * @throws BadNodeException if the content is no valid endpoint, or describes another one than its name says
     */
    static EndpointNode read(String application, String nodeName, byte[] content) throws BadNodeException {
        if (content.length > EndpointNode.MAX_BYTES) {
            throw new BadNodeException("content: too large (expected: at most " + EndpointNode.MAX_BYTES + " bytes)");
        }
        Fields fields = new Fields();
        try (JsonParser json = JSON.createParser(content)) {
            expect(json.nextToken() == JsonToken.START_OBJECT, "content: no JSON object");
            readInstance(json, fields);
            expect(json.nextToken() == null, "content: more than one JSON object");
        } catch (IOException e) {
            throw new BadNodeException("content: not the JSON of an endpoint", e);
        }
        return fields.toNode(application, nodeName);
    }

    private static void readInstance(JsonParser json, Fields fields) throws IOException, BadNodeException {
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            switch (name) {
                case "name" -> fields.name = text(json, value, name);
                case "address" -> fields.address = text(json, value, name);
                case "port" -> fields.port = port(json, value);
                case "payload" -> readPayload(json, value, fields);
                default -> json.skipChildren();
            }
        }
    }

    private static void readPayload(JsonParser json, JsonToken start, Fields fields)
            throws IOException, BadNodeException {
        expect(start == JsonToken.START_OBJECT, "payload: no JSON object");
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (name.equals("metadata")) {
                readMetadata(json, value, fields.metadata);
            } else {
                json.skipChildren();
            }
        }
    }

    private static void readMetadata(JsonParser json, JsonToken start, Map<String, String> metadata)
            throws IOException, BadNodeException {
        expect(start == JsonToken.START_OBJECT, "metadata: no JSON object");
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (name.startsWith("rpc.") || name.equals(NodeKeys.INSTANCE_STATUS)) {
                metadata.put(name, text(json, value, name));
            } else {
                json.skipChildren();
            }
        }
    }

    private static String text(JsonParser json, JsonToken value, String field) throws IOException, BadNodeException {
        expect(value == JsonToken.VALUE_STRING, field + ": no string");
        return json.getText();
    }

    private static int port(JsonParser json, JsonToken value) throws IOException, BadNodeException {
        expect(value == JsonToken.VALUE_NUMBER_INT, "port: no number");
        return json.getIntValue();
    }

    private static void expect(boolean condition, String otherwise) throws BadNodeException {
        if (!condition) {
            throw new BadNodeException(otherwise);
        }
    }

    /** What was found so far; lives for one parse. */
    private static final class Fields {
        private String name = "";
        private String address = "";
        private int port;
        private final Map<String, String> metadata = new HashMap<>();

        EndpointNode toNode(String application, String nodeName) throws BadNodeException {
            expect(name.equals(application), "name: not that of the application");
            EndpointNode node = new NodeFields(address, port, application, metadata).toNode();
            expect(
                    node.endpoint().address().equals(nodeName),
                    "address: " + node.endpoint().address() + " (expected: the node's own name)");
            return node;
        }
    }
}
