package io.rpcboot.protoc;

import com.google.protobuf.Descriptors.FileDescriptor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Finds generated types that have the name of another type of their Java package. Only files of the same run of protoc are seen. Names that
 * differ in case only count as equal, as the file systems of macOS and Windows see them. Used by one thread.
 */
final class TypeCollisions {

    private final PluginOptions options;
    private final Map<String, List<JavaType>> types = new HashMap<>();
    private final Set<Set<JavaType>> reported = new HashSet<>();

    TypeCollisions(List<FileDescriptor> visible, PluginOptions options) {
        this.options = options;
        visible.forEach(file -> {
            JavaTypes.of(file).forEach(this::add);
            file.getServices()
                    .forEach(service ->
                            ServiceNames.of(service, options).types(service).forEach(this::add));
        });
    }

    private void add(JavaType type) {
        types.computeIfAbsent(key(type.name()), key -> new ArrayList<>()).add(type);
    }

    /** One message for each clash not told before, naming both culprits and the way out; empty if all is well. */
    List<String> of(ServiceModel service) {
        List<String> messages = new ArrayList<>();
        for (JavaType own : service.names().types(service.descriptor())) {
            named(own.name()).stream()
                    .filter(other -> !other.equals(own) && reported.add(Set.of(own, other)))
                    .forEach(other -> messages.add(clash(service, own, other)));
        }
        hiding(service).forEach(type -> messages.add(hidden(service, type)));
        return messages;
    }

    private List<JavaType> named(JavaName name) {
        return types.getOrDefault(key(name), List.of());
    }

    /** Types that Java would find where the generated code means something else. */
    private List<JavaType> hiding(ServiceModel service) {
        String javaPackage = service.names().contract().packageName();
        List<String> used = javaPackage.isEmpty()
                ? List.of("io", Style.BLOCKING.clientClass(), Style.ASYNC.clientClass())
                : List.of("io");
        return used.stream()
                .map(name -> new JavaName(javaPackage, name))
                .flatMap(name -> named(name).stream().filter(type -> type.name().equals(name)))
                .toList();
    }

    private String clash(ServiceModel service, JavaType own, JavaType other) {
        return service.file() + ": " + own.origin() + " and " + other.origin() + " would "
                + (own.name().equals(other.name())
                        ? "both be the Java type " + own.name().qualified()
                        : "be the Java types " + own.name().qualified() + " and "
                                + other.name().qualified() + ", which macOS and Windows keep in the same file")
                + ". Rename one of them, or " + otherNames(service) + '.';
    }

    private String otherNames(ServiceModel service) {
        if (!options.suffix().isEmpty()) {
            return "choose another " + PluginOptions.SUFFIX + " than " + options.suffix();
        }
        ServiceNames suffixed = ServiceNames.of(service.descriptor(), new PluginOptions("Rpc"));
        return "give protoc-gen-rpc the option " + PluginOptions.SUFFIX + "=Rpc: the generated types are then "
                + suffixed.blocking().simpleName() + ", " + suffixed.async().simpleName() + " and "
                + suffixed.contract().simpleName();
    }

    private static String hidden(ServiceModel service, JavaType type) {
        return service.file() + ": the Java type " + type.name().qualified() + ", " + type.origin()
                + ", hides a name that the code generated for service " + service.fullName()
                + " needs. Rename it, or give it another Java package.";
    }

    private static String key(JavaName name) {
        return name.qualified().toLowerCase(Locale.ROOT);
    }
}
