package io.rpcboot.naming;

/** The contract, kept inside one process. */
class InMemoryNamingTest extends NamingContractTest {

    private final InMemoryNaming naming = new InMemoryNaming();

    @Override
    protected EndpointAnnouncer announcer() {
        return naming;
    }

    @Override
    protected EndpointResolver resolver() {
        return naming;
    }
}
