package io.rpcboot.spring.test;

import io.rpcboot.spring.autoconfigure.RpcAutoConfiguration;
import io.rpcboot.spring.autoconfigure.RpcClientAutoConfiguration;
import io.rpcboot.spring.autoconfigure.RpcHealthAutoConfiguration;
import io.rpcboot.spring.autoconfigure.RpcMetricsAutoConfiguration;
import io.rpcboot.spring.autoconfigure.RpcServerAutoConfiguration;
import io.rpcboot.spring.autoconfigure.RpcZookeeperAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** Applications for tests: contexts with all of the starter and nothing else. */
public final class Applications {

    private Applications() {}

    /** An application without naming. */
    public static ApplicationContextRunner plain() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        RpcAutoConfiguration.class,
                        RpcZookeeperAutoConfiguration.class,
                        RpcMetricsAutoConfiguration.class,
                        RpcServerAutoConfiguration.class,
                        RpcClientAutoConfiguration.class,
                        RpcHealthAutoConfiguration.class));
    }

    /** An application whose server and clients meet within this process, and whose calls may take long. */
    public static ApplicationContextRunner inOneProcess() {
        return plain().withPropertyValues("rpc.server.port=0", "rpc.client.timeout=30s")
                .withUserConfiguration(InOneProcess.class);
    }

    /** Lets the application take traffic, as Boot does after the start. */
    public static void ready(ApplicationContext context) {
        AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);
    }
}
