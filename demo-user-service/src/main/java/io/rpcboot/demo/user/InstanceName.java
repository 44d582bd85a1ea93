package io.rpcboot.demo.user;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** The address of this instance, so that answers show who gave them. Safe for use by many threads. */
@Component
class InstanceName {

    private final String host;
    private final Environment environment;

    InstanceName(@Value("${rpc.server.address}") String host, Environment environment) {
        this.host = host;
        this.environment = environment;
    }

    /** Host and port; the port is known once the server has bound it. */
    @Override
    public String toString() {
        return host + ':' + environment.getRequiredProperty("local.rpc.port");
    }
}
