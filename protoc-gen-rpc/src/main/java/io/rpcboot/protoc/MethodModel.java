package io.rpcboot.protoc;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.GeneratorNames;
import java.util.List;

/**
 * What the writers need of one method. Immutable.
 *
 * @param name as the {@code .proto} spells it
 * @param constant name of its constant in the contract
 * @param idempotency name of a constant of {@code io.rpcboot.Idempotency}
 * @param request Java name of the request message, with its package
 * @param reply Java name of the reply message, with its package
 * @param comment Javadoc lines; empty if there is no comment
 */
record MethodModel(
        String name,
        String javaName,
        String constant,
        Kind kind,
        String idempotency,
        String request,
        String reply,
        List<String> comment,
        boolean deprecated) {

    static MethodModel of(MethodDescriptor method, String constant, List<String> comment) {
        return new MethodModel(
                method.getName(),
                JavaNames.method(method.getName()),
                constant,
                Kind.of(method),
                idempotency(method),
                GeneratorNames.getQualifiedClassName(method.getInputType()),
                GeneratorNames.getQualifiedClassName(method.getOutputType()),
                comment,
                method.getOptions().getDeprecated());
    }

    private static String idempotency(MethodDescriptor method) {
        return switch (method.getOptions().getIdempotencyLevel()) {
            case NO_SIDE_EFFECTS -> "NO_SIDE_EFFECTS";
            case IDEMPOTENT -> "IDEMPOTENT";
            case IDEMPOTENCY_UNKNOWN -> "UNKNOWN";
        };
    }
}
