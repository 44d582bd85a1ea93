package io.rpcboot.faults.peer;

import io.rpcboot.spring.RpcServerCustomizer;
import io.rpcboot.spring.RpcService;
import java.io.IOException;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A provider as users write it: the starter, a bean, and properties; it announces itself in ZooKeeper. */
@Configuration
@EnableAutoConfiguration
public class ProviderApplication {

    public static void main(String[] args) {
        ParentWatch.start();
        SpringApplication.run(ProviderApplication.class, args);
    }

    @Bean
    Journal journal(@Value("${journal.directory}") Path directory, @Value("${journal.peer}") String peer)
            throws IOException {
        return Journal.open(directory, peer);
    }

    @Bean
    RpcServerCustomizer attempts() {
        return server -> server.interceptor(new AttemptOfCall());
    }

    @Bean
    @RpcService
    JournaledActs acts(
            @Value("${journal.directory}") Path directory, @Value("${journal.peer}") String peer, Journal journal) {
        return new JournaledActs(peer, journal, Defect.of(directory, peer));
    }
}
