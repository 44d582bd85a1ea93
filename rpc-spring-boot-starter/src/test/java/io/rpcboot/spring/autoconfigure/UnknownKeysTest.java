package io.rpcboot.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcboot.spring.test.Applications;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.test.util.TestPropertyValues.Type;

@ExtendWith(OutputCaptureExtension.class)
class UnknownKeysTest {

    private final KnownKeys known = new KnownKeys();

    private final ApplicationContextRunner application = Applications.plain();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rpc.server.max-message-size=1MB",
                "rpc.server.maxMessageSize=1MB",
                "rpc.server.max_message_size=1MB",
                "rpc.server.shutdown.grace-period=1s",
                "rpc.client.services[demo.UserService].timeout=1s",
                "rpc.client.services.user-service.methods.Login.timeout=1s",
                "rpc.client.services[demo.UserService].addresses[0]=localhost:1",
                "rpc.ext.tracing.sampler.rate=1",
            })
    void aKnownKeyIsAccepted(String property) {
        application
                .withPropertyValues(property)
                .run(context -> assertThat(context).hasNotFailed());
    }

    @ParameterizedTest
    @CsvSource({
        "rpc.sever.port, rpc.server.port",
        "rpc.server.prot, rpc.server.port",
        "rpc.server.max-mesage-size, rpc.server.max-message-size",
        "rpc.port, rpc.server.port",
        "rpc.server.grace-period, rpc.server.shutdown.grace-period",
        "rpc.client.services[demo.UserService].timeuot, rpc.client.services[demo.UserService].timeout",
        "rpc.client.services.demo.UserService.timeout, rpc.client.services[demo.UserService].timeout",
        "rpc.client.services.demo.UserService.methods.Login.timeout, "
                + "rpc.client.services[demo.UserService].methods.Login.timeout",
    })
    void aMisspeltKeyLeadsToTheOneThatWasMeant(String misspelt, String meant) {
        ConfigurationPropertyName name = ConfigurationPropertyName.adapt(misspelt, '.');

        assertThat(known.contains(name)).isFalse();
        assertThat(known.closestTo(name)).isEqualTo(meant);
    }

    @Test
    void aKeyThatIsLikeNoOtherGetsNoSuggestion() {
        assertThat(known.closestTo(ConfigurationPropertyName.of("rpc.colour-of-the-bicycle-shed")))
                .isNull();
    }

    @Test
    void anUnknownKeyStopsTheStart() {
        application
                .withPropertyValues("rpc.server.prot=1")
                .run(context -> assertThat(context)
                        .getFailure()
                        .isInstanceOf(UnknownKeysException.class)
                        .hasMessageContaining("rpc.server.prot")
                        .hasMessageContaining("did you mean rpc.server.port?"));
    }

    @Test
    void anUnknownKeyIsOnlyWarnedOfWhereThatIsWanted(CapturedOutput output) {
        application
                .withPropertyValues("rpc.server.prot=1", "rpc.unknown-keys=warn")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(output).contains("unknown property rpc.server.prot");
                });
    }

    @Test
    void inTheEnvironmentNearMissesAreWarnedOfAndOthersLeftAlone(CapturedOutput output) {
        application
                .withInitializer(context -> TestPropertyValues.of(
                                "RPC_SERVER_PROT=1",
                                "RPC_SERVER_SERVICE_HOST=10.0.0.1",
                                "RPC_SERVER_SERVICE_PORT=8000",
                                "RPC_CLIENT_SERVICES_DEMO_USERSERVICE_TIMEOUT=1s",
                                "RPC_COOKIE=x")
                        .applyTo(context.getEnvironment(), Type.SYSTEM_ENVIRONMENT))
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(output)
                            .contains("unknown property rpc.server.prot")
                            .contains("did you mean rpc.server.port?")
                            .contains("did you mean rpc.client.services[demo.userservice].timeout?")
                            .doesNotContain("cookie")
                            .doesNotContain("service.port")
                            .doesNotContain("service.host");
                });
    }
}
