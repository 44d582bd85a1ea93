package io.rpcboot.protoc;

import com.google.protobuf.DescriptorProtos;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.JavaFeaturesProto;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Entry point that protoc starts: reads its request from standard input and answers on standard output, which carries nothing else. */
public final class ProtocGenRpc {

    private ProtocGenRpc() {}

    public static void main(String[] args) throws IOException {
        if (args.length > 0) {
            System.err.println("protoc-gen-rpc takes no arguments: protoc starts it and writes a request to its input."
                    + " Options go through protoc: --rpc_opt=" + PluginOptions.SUFFIX + "=Rpc");
            System.exit(2);
        }
        run(System.in, System.out);
    }

    static void run(InputStream in, OutputStream out) throws IOException {
        CodeGeneratorRequest request = CodeGeneratorRequest.parseFrom(in, extensions());
        new Generator().generate(request).writeTo(out);
        out.flush();
    }

    /** Options that decide Java names arrive as extensions, so that a request must be parsed with these. */
    static ExtensionRegistry extensions() {
        // First of all: protobuf-java fails if JavaFeaturesProto is initialised before the classes it extends.
        DescriptorProtos.getDescriptor();
        ExtensionRegistry registry = ExtensionRegistry.newInstance();
        JavaFeaturesProto.registerAllExtensions(registry);
        return registry;
    }
}
