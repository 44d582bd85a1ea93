package io.rpcboot.benchmarks.start;

import io.rpcboot.benchmarks.process.Commands;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Configuration;

/** A Spring application with the actuator; on a class path without this framework. Ready when it has started. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class PlainApplication {

    public static void main(String[] args) throws Exception {
        Commands commands = new Commands();
        SpringApplication application = new SpringApplicationBuilder(PlainApplication.class)
                .web(WebApplicationType.NONE)
                .build();
        application.run(args);
        commands.serve(words -> "");
        System.exit(0);
    }
}
