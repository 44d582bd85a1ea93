package io.rpcboot.client;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import io.rpcboot.RpcCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The value of one field of the request as a hash key. Safe for use by many threads. */
final class RequestField implements HashKey {

    private final String path;
    private final Map<Descriptor, List<FieldDescriptor>> fields = new ConcurrentHashMap<>();

    RequestField(String path) {
        this.path = path;
    }

    /** The fields from the message to the value; empty if the message has no such path to a single value. */
    static List<FieldDescriptor> fields(Descriptor message, String path) {
        List<FieldDescriptor> fields = new ArrayList<>();
        Descriptor at = message;
        for (String name : path.split("\\.", -1)) {
            FieldDescriptor field = at == null ? null : at.findFieldByName(name);
            if (field == null || field.isRepeated()) {
                return List.of();
            }
            fields.add(field);
            at = isMessage(field) ? field.getMessageType() : null;
        }
        return at == null ? fields : List.of();
    }

    private static boolean isMessage(FieldDescriptor field) {
        return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
    }

    @Override
    public @Nullable String of(RpcCall call) {
        return call.streams() == null && call.request() instanceof Message message ? of(message) : null;
    }

    private @Nullable String of(Message message) {
        MessageOrBuilder at = message;
        for (FieldDescriptor field : fields.computeIfAbsent(message.getDescriptorForType(), it -> fields(it, path))) {
            if (field.hasPresence() && !at.hasField(field)) {
                return null;
            }
            Object value = at.getField(field);
            if (!isMessage(field)) {
                return text(value);
            }
            at = (Message) value;
        }
        return null;
    }

    private static @Nullable String text(Object value) {
        String text = value instanceof ByteString bytes ? bytes.toStringUtf8() : value.toString();
        return text.isEmpty() ? null : text;
    }

    @Override
    public String toString() {
        return "field " + path;
    }
}
