package io.rpcboot.balance;

import io.rpcboot.Endpoint;
import io.rpcboot.EndpointAttributes;
import io.rpcboot.EndpointStatus;
import java.time.Instant;
import java.util.function.LongUnaryOperator;

/** A server that exists in a {@link Simulation} only. */
final class SimulatedServer implements Candidate, Ejectable {

    private final Endpoint endpoint;
    private final EndpointLoad load;
    private final Health health = new Health(EjectionOptions.DEFAULT);
    /** Milliseconds that a call takes which comes at this millisecond. */
    LongUnaryOperator latency = at -> 1;

    Verdict verdict = Verdict.WORKS;
    int outstanding;
    String group = "";
    int calls;

    private SimulatedServer(int port, int weight, EndpointLoad load) {
        this.endpoint = new Endpoint(
                "host",
                port,
                new EndpointAttributes("", "", "", weight, "", "", 0, Instant.EPOCH, EndpointStatus.READY));
        this.load = load;
    }

    @Override
    public String group() {
        return group;
    }

    static SimulatedServer warm(int port) {
        return weighing(port, 100);
    }

    static SimulatedServer weighing(int port, int weight) {
        return new SimulatedServer(port, weight, EndpointLoad.warm(0));
    }

    /** Has just started at time 0. */
    static SimulatedServer cold(int port) {
        return new SimulatedServer(port, 100, new EndpointLoad(0));
    }

    SimulatedServer taking(LongUnaryOperator millis) {
        latency = millis;
        return this;
    }

    @Override
    public Endpoint endpoint() {
        return endpoint;
    }

    @Override
    public int outstanding() {
        return outstanding;
    }

    @Override
    public EndpointLoad load() {
        return load;
    }

    @Override
    public Health health() {
        return health;
    }

    @Override
    public String toString() {
        return endpoint.toString();
    }
}
