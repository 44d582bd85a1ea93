package io.rpcboot.contract;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.rpcboot.Idempotency;
import io.rpcboot.MethodKind;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The methods of calls that name them by their descriptors, each made once. Safe for use by many threads. */
final class GenericMethods {

    private final Map<Key, MethodContract<Message, Message>> known = new ConcurrentHashMap<>();

    /** The method for replies like this one. */
    MethodContract<Message, Message> of(MethodDescriptor method, Message request, Message replyPrototype) {
        Key key = new Key(method, replyPrototype.getClass());
        MethodContract<Message, Message> contract = known.get(key);
        return contract != null
                ? contract
                : known.computeIfAbsent(key, missing -> contract(method, request, replyPrototype));
    }

    @SuppressWarnings("unchecked") // The parser of a message makes messages of its class.
    static MethodContract<Message, Message> contract(MethodDescriptor method, Message request, Message reply) {
        return new MethodContract<>(
                method.getService().getFullName(),
                method.getName(),
                kind(method),
                idempotency(method),
                (Parser<Message>) request.getParserForType(),
                (Parser<Message>) reply.getParserForType());
    }

    static boolean isStream(MethodContract<?, ?> method) {
        return method.kind() != MethodKind.UNARY;
    }

    private static MethodKind kind(MethodDescriptor method) {
        if (method.isClientStreaming()) {
            return method.isServerStreaming() ? MethodKind.BIDI_STREAM : MethodKind.CLIENT_STREAM;
        }
        return method.isServerStreaming() ? MethodKind.SERVER_STREAM : MethodKind.UNARY;
    }

    private static Idempotency idempotency(MethodDescriptor method) {
        return switch (method.getOptions().getIdempotencyLevel()) {
            case NO_SIDE_EFFECTS -> Idempotency.NO_SIDE_EFFECTS;
            case IDEMPOTENT -> Idempotency.IDEMPOTENT;
            case IDEMPOTENCY_UNKNOWN -> Idempotency.UNKNOWN;
        };
    }

    private record Key(MethodDescriptor method, Class<?> reply) {}
}
