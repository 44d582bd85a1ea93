package io.rpcboot.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class RpcEnvironmentPostProcessorTest {

    private final StandardEnvironment environment = new StandardEnvironment();

    @Test
    void springCloudGetsDefaultsThatDoNotBlockTheStart() {
        process();

        assertThat(environment.getProperty("spring.cloud.service-registry.auto-registration.enabled"))
                .isEqualTo("false");
        assertThat(environment.getProperty("spring.cloud.zookeeper.block-until-connected-wait", Integer.class))
                .isZero();
    }

    @Test
    void whatTheUserSetsWins() {
        environment
                .getPropertySources()
                .addLast(new MapPropertySource(
                        "user", Map.of("spring.cloud.service-registry.auto-registration.enabled", "true")));

        process();

        assertThat(environment.getProperty("spring.cloud.service-registry.auto-registration.enabled"))
                .isEqualTo("true");
    }

    private void process() {
        new RpcEnvironmentPostProcessor().postProcessEnvironment(environment, new SpringApplication());
    }
}
