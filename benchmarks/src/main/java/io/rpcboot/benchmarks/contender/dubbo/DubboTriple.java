package io.rpcboot.benchmarks.contender.dubbo;

import com.google.protobuf.ByteString;
import io.rpcboot.benchmarks.contender.Client;
import io.rpcboot.benchmarks.contender.Contender;
import io.rpcboot.benchmarks.contender.FutureOperation;
import io.rpcboot.benchmarks.contender.Messages;
import io.rpcboot.benchmarks.contender.Operation;
import org.apache.dubbo.config.ReferenceConfig;

/** Dubbo's protocol over HTTP/2. */
public final class DubboTriple implements Contender {

    @Override
    public AutoCloseable serve(int port) {
        return DubboPeer.serve("tri", port, TripleCalls.class, new TripleService());
    }

    @Override
    public Client connect(int port) {
        ReferenceConfig<TripleCalls> reference = DubboPeer.reference("tri", port, TripleCalls.class);
        return new TripleClient(reference.get(), reference::destroy);
    }

    private record TripleClient(TripleCalls calls, Runnable end) implements Client {

        @Override
        public Operation login() {
            return new FutureOperation<>(
                    () -> calls.login(Messages.loginRequest()),
                    () -> calls.loginAsync(Messages.loginRequest()),
                    Messages::check);
        }

        @Override
        public Operation echo(int payloadBytes) {
            ByteString payload = Messages.payload(payloadBytes);
            return new FutureOperation<>(
                    () -> calls.echo(Messages.echoRequest(payload)),
                    () -> calls.echoAsync(Messages.echoRequest(payload)),
                    reply -> Messages.check(reply, payload));
        }

        @Override
        public void close() {
            end.run();
        }
    }
}
