package io.rpcboot.spring.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryPathsTest {

    private final RegistryPaths paths = new RegistryPaths("/rpc");

    @Test
    void everythingLiesBelowTheRoot() {
        assertThat(paths.endpoints("shop")).isEqualTo("/rpc/endpoints/shop");
        assertThat(paths.endpoint("shop", "[2001:db8::1]:8000")).isEqualTo("/rpc/endpoints/shop/[2001:db8::1]:8000");
        assertThat(paths.serviceEntry("demo.UserService", "shop")).isEqualTo("/rpc/services/demo.UserService/shop");
        assertThat(paths.contract("ab12")).isEqualTo("/rpc/contracts/ab12");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", ".", "..", "a\u0000b"})
    void aNameThatIsNoNodeIsRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> paths.endpoints(name))
                .withMessageContaining("application: '" + name + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "rpc", "/rpc/", "/", "/a//b"})
    void aRootThatIsNoAbsolutePathIsRefused(String root) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RegistryPaths(root))
                .withMessageContaining("rpc.registry.root: '" + root + "'");
    }
}
