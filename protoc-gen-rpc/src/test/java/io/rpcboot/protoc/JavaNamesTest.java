package io.rpcboot.protoc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JavaNamesTest {

    @ParameterizedTest
    @CsvSource({
        "GetUser, getUser",
        "getUser, getUser",
        "get_user, getUser",
        "_GetUser, GetUser",
        "URL, uRL",
        "Get2users, get2Users",
        "New, new_",
        "class, class_",
        "True, true_",
        "With, with_",
        "_1, _1",
        "_, __",
        "yield, yield",
        "Equals, equals"
    })
    void methodsAreNamedAsProtocNamesThoseOfGenericServices(String protoName, String javaName) {
        assertThat(JavaNames.method(protoName)).isEqualTo(javaName);
    }

    @Test
    void constantsAreUpperSnakeAndDiffer() {
        List<String> constants =
                JavaNames.constants(List.of("GetUser", "get_user", "HTTPGet", "GetV2User", "Instance", "_", "x"));

        assertThat(constants)
                .containsExactly("GET_USER", "GET_USER_", "HTTP_GET", "GET_V2_USER", "INSTANCE_", "__", "X");
    }
}
