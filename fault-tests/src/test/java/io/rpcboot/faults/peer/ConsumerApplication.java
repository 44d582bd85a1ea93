package io.rpcboot.faults.peer;

import io.rpcboot.faults.proto.ActService;
import io.rpcboot.spring.RpcReference;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/** A consumer as users write it: the starter, a reference, and properties. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class ConsumerApplication {

    @RpcReference
    private ActService acts;

    public ActService acts() {
        return acts;
    }
}
