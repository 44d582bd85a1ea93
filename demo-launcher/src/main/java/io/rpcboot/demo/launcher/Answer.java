package io.rpcboot.demo.launcher;

import tools.jackson.databind.JsonNode;

/**
 * What the friend client answers. Immutable.
 *
 * @param status the HTTP status
 * @param body the JSON in it
 */
record Answer(int status, JsonNode body) {

    /** A field as text; empty if it is not there. */
    String text(String field) {
        return body.path(field).asString("");
    }

    /** The instance of the user service that answered; empty if it is not told. */
    String servedBy() {
        return text("servedBy");
    }
}
