package io.rpcboot.spring.autoconfigure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.core.ResolvableType;

/** The keys under {@code rpc.} that mean something, and the one that a misspelt key is closest to. Immutable. */
final class KnownKeys {

    private static final int MOST_EDITS = 2;

    private final KeyNode root = KeyNode.of(ResolvableType.forClass(RpcProperties.class));

    boolean contains(ConfigurationPropertyName name) {
        return contains(elements(name, Form.UNIFORM));
    }

    /** The known key that was probably meant, be it only because it ends alike; or null. */
    @Nullable
    String closestTo(ConfigurationPropertyName name) {
        String lastElement = '.' + name.getLastElement(Form.UNIFORM);
        String near = nearMiss(name);
        return near != null ? near : closest(name, candidate -> plain(candidate).endsWith(lastElement));
    }

    /** The known key that differs by a slip of the fingers, or by brackets that are missing; or null. */
    @Nullable
    String nearMiss(ConfigurationPropertyName name) {
        String bracketed = withBrackets(name);
        return bracketed != null ? bracketed : closest(name, candidate -> edits(name, candidate) <= MOST_EDITS);
    }

    private boolean contains(List<String> elements) {
        KeyNode node = root;
        for (String element : elements) {
            node = node == null ? null : node.child(element);
        }
        return node != null;
    }

    /** The key with brackets around a service's full name, if these are all that it lacks. */
    private @Nullable String withBrackets(ConfigurationPropertyName name) {
        List<String> original = elements(name, Form.ORIGINAL);
        List<String> uniform = elements(name, Form.UNIFORM);
        for (int end = 4; end < uniform.size(); end++) {
            List<String> joined = new ArrayList<>(uniform.subList(0, 2));
            joined.add("service");
            joined.addAll(uniform.subList(end, uniform.size()));
            if (uniform.get(1).equals("services") && contains(joined)) {
                return "rpc." + uniform.get(0) + ".services[" + String.join(".", original.subList(2, end)) + "]."
                        + String.join(".", original.subList(end, original.size()));
            }
        }
        return null;
    }

    private @Nullable String closest(ConfigurationPropertyName name, Predicate<String> accepted) {
        List<String> candidates = new ArrayList<>();
        collect(root, "rpc", elements(name, Form.ORIGINAL), candidates);
        return candidates.stream()
                .filter(accepted)
                .min(Comparator.comparingInt(candidate -> edits(name, candidate)))
                .orElse(null);
    }

    private static int edits(ConfigurationPropertyName name, String candidate) {
        return EditDistance.between(plain(name.toString()), plain(candidate));
    }

    /** Adds all complete keys below the node; where a name is free, the one in the misspelt key is taken. */
    private static void collect(KeyNode node, String path, List<String> rest, List<String> keys) {
        List<String> next = rest.isEmpty() ? rest : rest.subList(1, rest.size());
        if (node instanceof KeyNode.Named named) {
            for (Map.Entry<String, KeyNode> child : named.children().entrySet()) {
                collect(child.getValue(), path + '.' + child.getKey(), next, keys);
            }
        } else if (node instanceof KeyNode.Keyed keyed && keyed.value() instanceof KeyNode.Named && !rest.isEmpty()) {
            collect(keyed.value(), path + '[' + rest.get(0) + ']', next, keys);
        } else {
            keys.add(path);
        }
    }

    private static List<String> elements(ConfigurationPropertyName name, Form form) {
        List<String> elements = new ArrayList<>();
        for (int i = 1; i < name.getNumberOfElements(); i++) {
            elements.add(name.getElement(i, form));
        }
        return elements;
    }

    /** Without what two spellings of one key may differ in. */
    private static String plain(String key) {
        return key.toLowerCase(Locale.ROOT)
                .replace("-", "")
                .replace("_", "")
                .replace("].", ".")
                .replace('[', '.')
                .replace("]", "");
    }
}
