package io.rpcboot.protoc;

import com.google.protobuf.DescriptorProtos.Edition;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorRequest;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorResponse;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorResponse.Feature;
import java.util.List;
import java.util.stream.Stream;

/** Answers protoc's request with the generated files, or with the reason why there are none. The same request gives the same bytes. */
final class Generator {

    CodeGeneratorResponse generate(CodeGeneratorRequest request) {
        CodeGeneratorResponse.Builder response = CodeGeneratorResponse.newBuilder()
                .setSupportedFeatures(Feature.FEATURE_PROTO3_OPTIONAL_VALUE | Feature.FEATURE_SUPPORTS_EDITIONS_VALUE)
                .setMinimumEdition(Edition.EDITION_PROTO2_VALUE)
                .setMaximumEdition(Edition.EDITION_2024_VALUE);
        try {
            services(request).forEach(service -> addFiles(response, service));
        } catch (RefusedException e) {
            response.setError(e.getMessage());
        }
        return response.build();
    }

    private static List<ServiceModel> services(CodeGeneratorRequest request) {
        PluginOptions options = PluginOptions.parse(request.getParameter());
        RequestFiles files = RequestFiles.of(request);
        List<ServiceModel> services = models(files.toGenerate(), options);
        refuseProblems(services, new TypeCollisions(files.all(), options));
        return services;
    }

    private static List<ServiceModel> models(List<FileDescriptor> files, PluginOptions options) {
        return files.stream()
                .flatMap(file -> file.getServices().stream())
                .map(service -> ServiceModel.of(service, options))
                .toList();
    }

    private static void refuseProblems(List<ServiceModel> services, TypeCollisions collisions) {
        List<String> problems = services.stream()
                .flatMap(service -> Stream.concat(ServiceChecks.of(service).stream(), collisions.of(service).stream()))
                .toList();
        if (!problems.isEmpty()) {
            throw new RefusedException(String.join("\n", problems));
        }
    }

    private static void addFiles(CodeGeneratorResponse.Builder response, ServiceModel service) {
        addFile(response, service.names().blocking(), new InterfaceWriter(service, Style.BLOCKING).write());
        addFile(response, service.names().async(), new InterfaceWriter(service, Style.ASYNC).write());
        addFile(response, service.names().contract(), new ContractWriter(service).write());
    }

    private static void addFile(CodeGeneratorResponse.Builder response, JavaName type, String source) {
        response.addFileBuilder().setName(type.sourcePath()).setContent(source);
    }
}
