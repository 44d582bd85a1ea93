package io.rpcboot.benchmarks.contender;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Many clients as one: each call goes to the next of them. Closes none. Safe for use by many threads. */
public final class SpreadClient implements Client {

    private final List<Client> clients;

    public SpreadClient(List<Client> clients) {
        this.clients = List.copyOf(clients);
    }

    @Override
    public Operation login() {
        return new InTurn(clients.stream().map(Client::login));
    }

    @Override
    public Operation echo(int payloadBytes) {
        return new InTurn(clients.stream().map(client -> client.echo(payloadBytes)));
    }

    @Override
    public void close() {}

    private static final class InTurn implements Operation {
        private final Operation[] all;
        private final AtomicInteger next = new AtomicInteger();

        InTurn(Stream<Operation> all) {
            this.all = all.toArray(Operation[]::new);
        }

        private Operation next() {
            return all[Math.floorMod(next.getAndIncrement(), all.length)];
        }

        @Override
        public void call() throws Exception {
            next().call();
        }

        @Override
        public void call(Completion completion) {
            next().call(completion);
        }
    }
}
