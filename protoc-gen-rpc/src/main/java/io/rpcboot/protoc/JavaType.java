package io.rpcboot.protoc;

/**
 * A top-level Java type that exists once all code is generated, and what it comes from. Immutable.
 *
 * @param origin as a message to the user tells it: {@code message demo.User (demo/user.proto)}
 */
record JavaType(JavaName name, String origin) {}
