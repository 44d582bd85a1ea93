package io.rpcboot.spring.zookeeper;

import io.rpcboot.naming.EndpointAnnouncer;
import io.rpcboot.naming.EndpointResolver;
import io.rpcboot.naming.NamingContractTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract, kept through a real ZooKeeper with one session for each side. */
class ZookeeperNamingContractTest extends NamingContractTest {

    @RegisterExtension
    private final TestRegistry registry = new TestRegistry();

    private ZookeeperAnnouncer announcer;
    private ZookeeperResolver resolver;

    @BeforeEach
    void open() {
        announcer = registry.closing(new ZookeeperAnnouncer(registry.client(), TestRegistry.ROOT));
        resolver = registry.resolver();
    }

    @Override
    protected EndpointAnnouncer announcer() {
        return announcer;
    }

    @Override
    protected EndpointResolver resolver() {
        return resolver;
    }
}
