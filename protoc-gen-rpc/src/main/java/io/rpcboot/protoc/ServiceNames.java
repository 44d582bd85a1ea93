package io.rpcboot.protoc;

import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.GeneratorNames;
import java.util.List;

/** The three Java types that a service becomes. Immutable. */
record ServiceNames(JavaName blocking, JavaName async, JavaName contract) {

    static ServiceNames of(ServiceDescriptor service, PluginOptions options) {
        String javaPackage = GeneratorNames.getFileJavaPackage(service.getFile());
        String name = service.getName() + options.suffix();
        return new ServiceNames(
                new JavaName(javaPackage, name),
                new JavaName(javaPackage, name + "Async"),
                new JavaName(javaPackage, name + "Contract"));
    }

    List<JavaName> all() {
        return List.of(blocking, async, contract);
    }
}
