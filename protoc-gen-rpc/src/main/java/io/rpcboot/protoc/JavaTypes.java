package io.rpcboot.protoc;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.GenericDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.GeneratorNames;
import java.util.ArrayList;
import java.util.List;

/** Finds the top-level Java types that protoc's own Java generator makes of a file. */
final class JavaTypes {

    private final FileDescriptor file;
    private final String javaPackage;
    private final List<JavaType> types = new ArrayList<>();

    private JavaTypes(FileDescriptor file) {
        this.file = file;
        this.javaPackage = GeneratorNames.getFileJavaPackage(file);
    }

    static List<JavaType> of(FileDescriptor file) {
        JavaTypes found = new JavaTypes(file);
        found.add(GeneratorNames.getFileClassName(file), "the outer class of " + file.getName());
        file.getMessageTypes().forEach(found::addMessage);
        file.getEnumTypes().forEach(found::addEnum);
        if (file.getOptions().getJavaGenericServices()) {
            file.getServices().forEach(found::addGenericService);
        }
        return List.copyOf(found.types);
    }

    private void addMessage(Descriptor message) {
        if (!GeneratorNames.getNestInFileClass(message)) {
            add(message.getName(), origin("message", message));
            add(message.getName() + "OrBuilder", "the builder's interface of " + origin("message", message));
        }
    }

    private void addEnum(EnumDescriptor type) {
        if (!GeneratorNames.getNestInFileClass(type)) {
            add(type.getName(), origin("enum", type));
        }
    }

    private void addGenericService(ServiceDescriptor service) {
        JavaName topLevel = new JavaName(javaPackage, service.getName());
        if (GeneratorNames.getQualifiedClassName(service).equals(topLevel.qualified())) {
            add(service.getName(), "the class that java_generic_services makes of " + origin("service", service));
        }
    }

    private void add(String simpleName, String origin) {
        types.add(new JavaType(new JavaName(javaPackage, simpleName), origin));
    }

    private String origin(String what, GenericDescriptor descriptor) {
        return what + ' ' + descriptor.getFullName() + " (" + file.getName() + ')';
    }
}
