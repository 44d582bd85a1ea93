package io.rpcboot.spring.autoconfigure;

import io.rpcboot.Endpoint;
import io.rpcboot.spring.client.RpcReferenceResolver;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.env.ConfigurableEnvironment;

/** What servers and clients share: the properties and their check, the application's identity, and the meaning of {@code @RpcReference}. */
@AutoConfiguration
@EnableConfigurationProperties(RpcProperties.class)
public final class RpcAutoConfiguration {

    @Bean
    static BeanFactoryPostProcessor rpcUnknownKeys(ConfigurableEnvironment environment) {
        return beans -> UnknownKeys.check(environment);
    }

    @Bean
    static BeanFactoryPostProcessor rpcReferenceResolver() {
        return beans -> RpcReferenceResolver.install((DefaultListableBeanFactory) beans);
    }

    @Bean
    @ConfigurationPropertiesBinding
    static EndpointConverter rpcEndpointConverter() {
        return new EndpointConverter();
    }

    @Bean
    ApplicationIdentity rpcApplicationIdentity(RpcProperties properties, ConfigurableEnvironment environment) {
        String name = properties.application();
        return ApplicationIdentity.of(
                name == null ? environment.getProperty("spring.application.name", "application") : name);
    }

    /** Reads an address from a property. A class, since Spring must see both types. */
    static final class EndpointConverter implements Converter<String, Endpoint> {

        @Override
        public Endpoint convert(String address) {
            return Endpoint.parse(address);
        }
    }
}
