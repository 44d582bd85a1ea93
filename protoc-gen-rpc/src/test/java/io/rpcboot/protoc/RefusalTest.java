package io.rpcboot.protoc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.compiler.PluginProtos.CodeGeneratorRequest;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    message_of_async  | the asynchronous interface of service clash.message_of_async.User | message clash.message_of_async.UserAsync
                    enum_of_contract  | the contract of service clash.enum_of_contract.User               | enum clash.enum_of_contract.UserContract
                    builder_interface | the blocking interface of service clash.builder_interface.UserOrBuilder | the builder's interface of message clash.builder_interface.User
                    outer_class       | the asynchronous interface of service clash.outer_class.User      | the outer class of clash/outer_class.proto
                    two_services      | the asynchronous interface of service clash.two_services.User     | the blocking interface of service clash.two_services.UserAsync
                    generic_service   | the blocking interface of service clash.generic_service.User      | the class that java_generic_services makes of service clash.generic_service.User
                    imported          | the contract of service clash.imported.User                       | message clash.other.UserContract (clash/imported_from.proto)
                    """)
    void twoTypesOfOneNameAreRefusedWithBothCulpritsAndTheWayOut(String file, String ours, String theirs) {
        String path = "clash/" + file + ".proto";

        String error = error(path, "");

        assertThat(error)
                .startsWith(path + ": " + ours + " (" + path + ") and " + theirs)
                .contains("would both be the Java type clash.")
                .contains("the option suffix=Rpc")
                .doesNotContain("\n");
    }

    @Test
    void theSuffixSolvesAClash() {
        CodeGeneratorResponse response = generate("clash/message_of_async.proto", "suffix=Rpc");

        assertThat(response.hasError()).isFalse();
        assertThat(response.getFile(1).getName()).isEqualTo("clash/message_of_async/UserRpcAsync.java");
    }

    @Test
    void aSuffixThatSolvesNothingIsNamed() {
        String error = error("clash/enum_of_contract.proto", "suffix=Api");

        assertThat(error)
                .contains("message clash.enum_of_contract.UserApiContract")
                .contains("another suffix than Api");
    }

    @Test
    void namesThatDifferInCaseOnlyAreRefused() {
        String error = error("clash/message_by_case.proto", "");

        assertThat(error)
                .contains("UserContract and clash.message_by_case.usercontract")
                .contains("macOS and Windows");
    }

    @Test
    void nestedMessagesDoNotClashWithTopLevelTypes() {
        CodeGeneratorResponse response = generate("fine/nested.proto", "");

        assertThat(response.getError()).isEmpty();
        assertThat(response.getFileCount()).isEqualTo(3);
    }

    @Test
    void twoMethodsOfOneJavaNameAreRefused() {
        String error = error("clash/methods.proto", "");

        assertThat(error)
                .isEqualTo("clash/methods.proto: service clash.methods.User: rpc Login and rpc login both become"
                        + " the Java method login. Rename one of them.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    keyword         | Java does not allow a type called record. Rename the service, or give protoc-gen-rpc the option suffix=Rpc.
                    lite            | the file has optimize_for = LITE_RUNTIME
                    default_package | message Packageless is in Java's default package
                    hidden_package  | the Java type clash.hidden_package.io, message clash.hidden_package.io (clash/hidden_package.proto), hides a name
                    packageless     | the Java type BlockingClient, message BlockingClient (clash/packageless.proto), hides a name
                    """)
    void whatCouldNotCompileIsRefused(String file, String reason) {
        String error = error("clash/" + file + ".proto", "");

        assertThat(error)
                .startsWith("clash/" + file + ".proto: ")
                .contains(reason)
                .doesNotContain("\n");
    }

    @Test
    void allProblemsAreToldAtOnce() {
        CodeGeneratorRequest request = Contracts.request("clash/methods.proto", "clash/lite.proto");

        String error = new Generator().generate(request).getError();

        assertThat(error.lines()).hasSize(2);
    }

    @Test
    void anUnknownOptionIsRefusedWithTheKnownOnes() {
        String error = error("fine/messages.proto", "sufix=Rpc");

        assertThat(error).isEqualTo("unknown option of protoc-gen-rpc: sufix (expected one of: suffix)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"suffix", "suffix=", "suffix=a-b", "suffix=Rpc,suffix=Api"})
    void anUnusableSuffixIsRefused(String parameter) {
        String error = error("fine/messages.proto", parameter);

        assertThat(error).contains("option suffix");
    }

    @Test
    void aRequestThatLacksAFileIsRefused() {
        String error = error("fine/absent.proto", "");

        assertThat(error).startsWith("fine/absent.proto: ");
    }

    private static String error(String file, String parameter) {
        CodeGeneratorResponse response = generate(file, parameter);
        if (response.hasError()) {
            assertThat(response.getFileList()).isEmpty();
        }
        return response.getError();
    }

    private static CodeGeneratorResponse generate(String file, String parameter) {
        return new Generator()
                .generate(Contracts.request(file).toBuilder()
                        .setParameter(parameter)
                        .build());
    }
}
