package io.rpcboot.protoc;

import java.util.List;
import java.util.stream.Stream;

/**
 * What {@code --rpc_opt} may say. Immutable.
 *
 * @param suffix goes between the name of a service and what is added to it: with {@code Rpc}, service {@code User} gives
 *     {@code UserRpc}, {@code UserRpcAsync} and {@code UserRpcContract}; empty by default
 */
record PluginOptions(String suffix) {

    static final String SUFFIX = "suffix";

    private static final List<String> KNOWN = List.of(SUFFIX);

    /** Reads {@code name=value} pairs separated by commas, as protoc hands them over. */
    static PluginOptions parse(String parameter) {
        List<String> suffixes = Stream.of(parameter.split(","))
                .map(String::strip)
                .filter(option -> !option.isEmpty())
                .map(PluginOptions::suffix)
                .toList();
        if (suffixes.size() > 1) {
            throw new RefusedException(
                    "option " + SUFFIX + " of protoc-gen-rpc is given more than once: " + String.join(", ", suffixes));
        }
        return new PluginOptions(suffixes.isEmpty() ? "" : suffixes.get(0));
    }

    private static String suffix(String option) {
        int equals = option.indexOf('=');
        String name = equals < 0 ? option : option.substring(0, equals);
        if (!KNOWN.contains(name)) {
            throw new RefusedException("unknown option of protoc-gen-rpc: " + name + " (expected one of: "
                    + String.join(", ", KNOWN) + ")");
        }
        String value = option.substring(equals + 1);
        if (equals < 0 || !value.matches("[A-Za-z0-9_]+")) {
            throw new RefusedException("option " + option + " of protoc-gen-rpc has no usable value (expected: " + name
                    + "=<letters, digits, underscores>, for instance " + SUFFIX + "=Rpc)");
        }
        return value;
    }
}
