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

    /** The same three, with what each is of the service that they belong to. */
    List<JavaType> types(ServiceDescriptor service) {
        String origin = " of service " + service.getFullName() + " ("
                + service.getFile().getName() + ')';
        return List.of(
                new JavaType(blocking, "the blocking interface" + origin),
                new JavaType(async, "the asynchronous interface" + origin),
                new JavaType(contract, "the contract" + origin));
    }
}
