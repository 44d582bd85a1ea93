package io.rpcboot.protoc;

import com.google.protobuf.DescriptorProtos.FileOptions.OptimizeMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Finds what would make the generated code of one service fail to compile or to work, other than a {@link TypeCollisions collision}. */
final class ServiceChecks {

    private final ServiceModel service;
    private final List<String> messages = new ArrayList<>();

    private ServiceChecks(ServiceModel service) {
        this.service = service;
    }

    /** One message for each thing that is wrong, with the way out; empty if all is well. */
    static List<String> of(ServiceModel service) {
        ServiceChecks checks = new ServiceChecks(service);
        checks.runtimeIsFull();
        checks.nameIsNoKeyword();
        checks.methodsDiffer();
        checks.messagesCanBeNamed();
        return checks.messages;
    }

    private void runtimeIsFull() {
        if (service.descriptor().getFile().getOptions().getOptimizeFor() == OptimizeMode.LITE_RUNTIME) {
            refuse(
                    "the file has optimize_for = LITE_RUNTIME, but a contract needs the descriptors that lite code lacks."
                            + " Remove the option, or move the service to a file of its own.");
        }
    }

    private void nameIsNoKeyword() {
        String name = service.names().blocking().simpleName();
        if (JavaNames.isReservedForTypes(name)) {
            refuse("Java does not allow a type called " + name
                    + ". Rename the service, or give protoc-gen-rpc the option " + PluginOptions.SUFFIX + "=Rpc.");
        }
    }

    private void methodsDiffer() {
        Map<String, String> known = new HashMap<>();
        for (MethodModel method : service.methods()) {
            String other = known.putIfAbsent(method.javaName(), method.name());
            if (other != null) {
                refuse("rpc " + other + " and rpc " + method.name() + " both become the Java method "
                        + method.javaName() + ". Rename one of them.");
            }
        }
    }

    private void messagesCanBeNamed() {
        if (service.names().blocking().packageName().isEmpty()) {
            return;
        }
        service.methods().stream()
                .flatMap(method -> Stream.of(method.request(), method.reply()))
                .filter(message -> message.indexOf('.') < 0)
                .distinct()
                .forEach(
                        message -> refuse("message " + message + " is in Java's default package, which no other package"
                                + " can name. Give its file a package or the option java_package."));
    }

    private void refuse(String reason) {
        messages.add(service.file() + ": service " + service.fullName() + ": " + reason);
    }
}
