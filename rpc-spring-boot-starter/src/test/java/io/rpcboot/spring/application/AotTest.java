package io.rpcboot.spring.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcboot.demo.proto.UserService;
import io.rpcboot.spring.ImportRpcClients;
import io.rpcboot.spring.RpcReference;
import io.rpcboot.spring.autoconfigure.RpcAutoConfiguration;
import io.rpcboot.spring.autoconfigure.RpcClientAutoConfiguration;
import io.rpcboot.spring.autoconfigure.RpcServerAutoConfiguration;
import io.rpcboot.spring.test.InOneProcess;
import io.rpcboot.spring.test.Users;
import org.junit.jupiter.api.Test;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.GeneratedFiles.Kind;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.javapoet.ClassName;

class AotTest {

    @Test
    void anApplicationIsProcessedAheadOfTime() {
        GenericApplicationContext context = new GenericApplicationContext();
        new AnnotatedBeanDefinitionReader(context).register(Application.class);
        InMemoryGeneratedFiles files = new InMemoryGeneratedFiles();
        DefaultGenerationContext generation =
                new DefaultGenerationContext(new ClassNameGenerator(ClassName.get(Application.class)), files);

        new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
        generation.writeGeneratedContent();

        assertThat(files.getGeneratedFiles(Kind.SOURCE))
                .containsKey("io/rpcboot/spring/application/AotTest_Application__Autowiring.java");
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        RpcAutoConfiguration.class,
        RpcServerAutoConfiguration.class,
        RpcClientAutoConfiguration.class
    })
    @ImportRpcClients(types = UserService.class)
    @Import({InOneProcess.class, Users.class})
    static class Application {
        @RpcReference
        UserService users;
    }
}
