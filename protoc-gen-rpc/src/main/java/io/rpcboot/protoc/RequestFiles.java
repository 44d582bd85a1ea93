package io.rpcboot.protoc;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The files of a request, linked with what they import. Immutable.
 *
 * @param all every file protoc sent, imports before importers
 * @param toGenerate those to generate code for, in the order asked
 */
record RequestFiles(List<FileDescriptor> all, List<FileDescriptor> toGenerate) {

    static RequestFiles of(CodeGeneratorRequest request) {
        Map<String, FileDescriptor> files = new LinkedHashMap<>();
        // protoc sends imports before their importers, so that each file finds its own linked already.
        request.getProtoFileList().forEach(file -> files.put(file.getName(), link(file, files)));
        return new RequestFiles(
                List.copyOf(files.values()),
                request.getFileToGenerateList().stream()
                        .map(name -> find(name, files))
                        .toList());
    }

    private static FileDescriptor link(FileDescriptorProto file, Map<String, FileDescriptor> known) {
        FileDescriptor[] imports =
                file.getDependencyList().stream().map(name -> find(name, known)).toArray(FileDescriptor[]::new);
        try {
            return FileDescriptor.buildFrom(file, imports);
        } catch (DescriptorValidationException e) {
            throw new RefusedException(file.getName() + ": not understood by the protobuf-java of this plugin ("
                    + e.getMessage() + "); use a protoc of the plugin's own version");
        }
    }

    private static FileDescriptor find(String name, Map<String, FileDescriptor> files) {
        FileDescriptor file = files.get(name);
        if (file == null) {
            throw new RefusedException(name + ": the request names this file but does not hold it"
                    + " (expected: imports before their importers, as protoc sends them)");
        }
        return file;
    }
}
