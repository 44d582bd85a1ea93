package io.rpcboot.benchmarks.start;

import io.rpcboot.benchmarks.contender.Messages;
import io.rpcboot.benchmarks.contender.rpc.Users;
import io.rpcboot.benchmarks.process.Commands;
import io.rpcboot.demo.proto.UserService;
import io.rpcboot.spring.RpcReference;
import io.rpcboot.spring.RpcService;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The same with a service and a reference to it. Ready when the first call has been served. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class RpcApplication {

    public static void main(String[] args) throws Exception {
        Commands commands = new Commands();
        Caller caller = new SpringApplicationBuilder(RpcApplication.class)
                .web(WebApplicationType.NONE)
                .run(args)
                .getBean(Caller.class);
        Messages.check(caller.users.login(Messages.loginRequest()));
        commands.serve(words -> "");
        System.exit(0);
    }

    @Bean
    @RpcService
    Users users() {
        return new Users();
    }

    @Bean
    Caller caller(@RpcReference UserService users) {
        return new Caller(users);
    }

    record Caller(UserService users) {}
}
