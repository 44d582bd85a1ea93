package io.rpcboot.protoc;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.GeneratorNames;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the writers need of one service. Immutable.
 *
 * @param outerClass the class that holds the file's descriptor
 * @param comment Javadoc lines; empty if there is no comment
 */
record ServiceModel(
        ServiceDescriptor descriptor,
        ServiceNames names,
        JavaName outerClass,
        List<MethodModel> methods,
        List<String> comment) {

    static ServiceModel of(ServiceDescriptor service, PluginOptions options) {
        String javaPackage = GeneratorNames.getFileJavaPackage(service.getFile());
        Comments comments = Comments.of(service.getFile());
        return new ServiceModel(
                service,
                ServiceNames.of(service, options),
                new JavaName(javaPackage, GeneratorNames.getFileClassName(service.getFile())),
                methods(service, comments),
                comments.ofService(service));
    }

    private static List<MethodModel> methods(ServiceDescriptor service, Comments comments) {
        List<MethodDescriptor> methods = service.getMethods();
        List<String> constants = JavaNames.constants(
                methods.stream().map(MethodDescriptor::getName).toList());
        return IntStream.range(0, methods.size())
                .mapToObj(i -> MethodModel.of(methods.get(i), constants.get(i), comments.ofMethod(methods.get(i))))
                .toList();
    }

    /** As on the wire and in the registry. */
    String fullName() {
        return descriptor.getFullName();
    }

    String file() {
        return descriptor.getFile().getName();
    }

    boolean deprecated() {
        return descriptor.getOptions().getDeprecated();
    }
}
