package io.rpcboot.spring.autoconfigure;

import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;

/** One element of the keys that are known, and what may follow it. Immutable. */
sealed interface KeyNode {

    /** What follows under this name, which is in lower case without dashes; null if nothing may. */
    @Nullable
    KeyNode child(String name);

    /** The tree of a property type: records have named children, maps have any. */
    static KeyNode of(ResolvableType type) {
        Class<?> raw = type.toClass();
        if (raw.isRecord() && raw.getPackage() == KeyNode.class.getPackage()) {
            return Named.of(raw);
        }
        if (Map.class.isAssignableFrom(raw)) {
            KeyNode value = of(type.getGeneric(1));
            return value instanceof Leaf ? new Anything() : new Keyed(value);
        }
        return Iterable.class.isAssignableFrom(raw) ? new Keyed(new Leaf()) : new Leaf();
    }

    /** The end of a key. */
    record Leaf() implements KeyNode {
        @Override
        public @Nullable KeyNode child(String name) {
            return null;
        }
    }

    /** Certain names may follow. */
    record Named(Map<String, KeyNode> children) implements KeyNode {

        static Named of(Class<?> properties) {
            Map<String, KeyNode> children = new LinkedHashMap<>();
            for (RecordComponent component : properties.getRecordComponents()) {
                String name = component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
                children.put(name, KeyNode.of(ResolvableType.forType(component.getGenericType())));
            }
            return new Named(children);
        }

        @Override
        public @Nullable KeyNode child(String name) {
            for (Map.Entry<String, KeyNode> child : children.entrySet()) {
                if (child.getKey().replace("-", "").equals(name)) {
                    return child.getValue();
                }
            }
            return null;
        }
    }

    /** Any name may follow, or any index, and then the same. */
    record Keyed(KeyNode value) implements KeyNode {
        @Override
        public KeyNode child(String name) {
            return value;
        }
    }

    /** Any names may follow, to any depth. */
    record Anything() implements KeyNode {
        @Override
        public KeyNode child(String name) {
            return this;
        }
    }
}
