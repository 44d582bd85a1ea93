package io.rpcboot.benchmarks.contender.dubbo;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.rpcboot.benchmarks.contender.Client;
import io.rpcboot.benchmarks.contender.Contender;
import io.rpcboot.benchmarks.contender.FutureOperation;
import io.rpcboot.benchmarks.contender.Messages;
import io.rpcboot.benchmarks.contender.Operation;
import io.rpcboot.demo.proto.EchoResponse;
import io.rpcboot.demo.proto.LoginResponse;
import org.apache.dubbo.config.ReferenceConfig;

/** Dubbo's own protocol over TCP, with its default serialization. */
public final class DubboTcp implements Contender {

    @Override
    public AutoCloseable serve(int port) {
        return DubboPeer.serve("dubbo", port, TcpCalls.class, new TcpService());
    }

    @Override
    public Client connect(int port) {
        ReferenceConfig<TcpCalls> reference = DubboPeer.reference("dubbo", port, TcpCalls.class);
        return new TcpClient(reference.get(), reference::destroy);
    }

    private record TcpClient(TcpCalls calls, Runnable end) implements Client {

        @Override
        public Operation login() {
            return new FutureOperation<>(
                    () -> calls.login(Messages.loginRequest().toByteArray()),
                    () -> calls.loginAsync(Messages.loginRequest().toByteArray()),
                    TcpClient::checkLogin);
        }

        @Override
        public Operation echo(int payloadBytes) {
            ByteString payload = Messages.payload(payloadBytes);
            return new FutureOperation<>(
                    () -> calls.echo(Messages.echoRequest(payload).toByteArray()),
                    () -> calls.echoAsync(Messages.echoRequest(payload).toByteArray()),
                    reply -> checkEcho(reply, payload));
        }

        private static void checkLogin(byte[] reply) {
            try {
                Messages.check(LoginResponse.parseFrom(reply));
            } catch (InvalidProtocolBufferException e) {
                throw new IllegalStateException(e);
            }
        }

        private static void checkEcho(byte[] reply, ByteString payload) {
            try {
                Messages.check(EchoResponse.parseFrom(reply), payload);
            } catch (InvalidProtocolBufferException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            end.run();
        }
    }
}
