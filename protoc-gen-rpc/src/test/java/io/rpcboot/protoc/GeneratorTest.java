package io.rpcboot.protoc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.Edition;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorRequest;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorResponse;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorResponse.Feature;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorResponse.File;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeneratorTest {

    private static final String GREETER = "fine/greeter.proto";

    @Test
    void tellsProtocWhatItUnderstands() {
        CodeGeneratorResponse response = new Generator().generate(Contracts.request());

        assertThat(response.getSupportedFeatures())
                .isEqualTo(Feature.FEATURE_PROTO3_OPTIONAL_VALUE | Feature.FEATURE_SUPPORTS_EDITIONS_VALUE);
        assertThat(response.getMinimumEdition()).isEqualTo(Edition.EDITION_PROTO2_VALUE);
        assertThat(response.getMaximumEdition()).isEqualTo(Edition.EDITION_2024_VALUE);
    }

    @Test
    void aFileWithoutServicesGivesNothing() {
        CodeGeneratorResponse response = new Generator().generate(Contracts.request("fine/messages.proto"));

        assertThat(response.hasError()).isFalse();
        assertThat(response.getFileList()).isEmpty();
    }

    @Test
    void aServiceBecomesThreeFilesInItsJavaPackage() {
        CodeGeneratorResponse response = new Generator().generate(Contracts.request(GREETER));

        assertThat(response.getFileList())
                .extracting(File::getName)
                .containsExactly(
                        "org/example/greeter/Greeter.java",
                        "org/example/greeter/GreeterAsync.java",
                        "org/example/greeter/GreeterContract.java");
    }

    @Test
    void theSuffixStandsBeforeTheOtherEndings() {
        CodeGeneratorRequest request = Contracts.request(GREETER).toBuilder()
                .setParameter("suffix=Rpc")
                .build();

        CodeGeneratorResponse response = new Generator().generate(request);

        assertThat(response.getFileList())
                .extracting(File::getName)
                .containsExactly(
                        "org/example/greeter/GreeterRpc.java",
                        "org/example/greeter/GreeterRpcAsync.java",
                        "org/example/greeter/GreeterRpcContract.java");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Greeter", "GreeterAsync", "GreeterContract"})
    void writesExactlyTheRecordedText(String type) throws IOException {
        CodeGeneratorResponse response = new Generator().generate(Contracts.request(GREETER));

        assertThat(content(response, "org/example/greeter/" + type + ".java")).isEqualTo(recorded(type));
    }

    @Test
    void answersOnTheOutputWithNothingButTheResponse() throws IOException {
        CodeGeneratorRequest request = Contracts.request(GREETER);
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        ProtocGenRpc.run(new ByteArrayInputStream(request.toByteArray()), out);

        assertThat(CodeGeneratorResponse.parseFrom(out.toByteArray())).isEqualTo(new Generator().generate(request));
    }

    private static String content(CodeGeneratorResponse response, String name) {
        return response.getFileList().stream()
                .filter(file -> file.getName().equals(name))
                .findFirst()
                .orElseThrow()
                .getContent();
    }

    private static String recorded(String type) throws IOException {
        try (InputStream in = GeneratorTest.class.getResourceAsStream("/recorded/" + type + ".java.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
