package io.rpcboot.spring.test;

import io.rpcboot.naming.InMemoryNaming;
import io.rpcboot.transport.Transport;
import io.rpcboot.transport.TransportOptions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Naming and connections that need neither a registry nor a port. */
@Configuration(proxyBeanMethods = false)
public class InOneProcess {

    @Bean
    InMemoryNaming naming() {
        return new InMemoryNaming();
    }

    @Bean
    Transport transport() {
        return Transport.inProcess(TransportOptions.DEFAULT.withEventLoops(1));
    }
}
