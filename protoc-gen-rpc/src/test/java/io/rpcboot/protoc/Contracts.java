package io.rpcboot.protoc;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The files below {@code src/test/protobuf} as protoc hands them to a plugin. */
final class Contracts {

    private static final FileDescriptorSet FILES = read();

    private Contracts() {}

    /** A request for code from these files; it holds their imports, and the files of the other tests, too. */
    static CodeGeneratorRequest request(String... files) {
        return CodeGeneratorRequest.newBuilder()
                .addAllProtoFile(FILES.getFileList())
                .addAllFileToGenerate(List.of(files))
                .build();
    }

    private static FileDescriptorSet read() {
        try (InputStream in = Contracts.class.getResourceAsStream("/contracts.binpb")) {
            return FileDescriptorSet.parseFrom(in, ProtocGenRpc.extensions());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
