package io.rpcboot.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Empty;
import io.rpcboot.CallOptions;
import io.rpcboot.Idempotency;
import io.rpcboot.MethodKind;
import io.rpcboot.RpcStream;
import io.rpcboot.contract.MethodContract;
import io.rpcboot.contract.ServiceBinding;
import io.rpcboot.contract.ServiceContract;
import io.rpcboot.test.kinds.EmptyContract;
import io.rpcboot.test.kinds.Kinds;
import io.rpcboot.test.kinds.KindsAsync;
import io.rpcboot.test.kinds.KindsContract;
import io.rpcboot.test.kinds.Reply;
import io.rpcboot.test.kinds.Request;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

@SuppressWarnings("deprecation")
class MethodKindsTest {

    private static final Request REQUEST = Request.newBuilder().setText("Hi").build();
    private static final RpcStream<Request> REQUESTS = RpcStream.of(List.of(REQUEST));
    private static final Flow.Publisher<Request> PUBLISHER = subscriber -> subscriber.onNext(REQUEST);

    private final RecordingCaller caller = new RecordingCaller();

    @Test
    void theContractKnowsKindAndIdempotency() {
        assertThat(KindsContract.INSTANCE.methods())
                .extracting(MethodContract::kind)
                .containsExactly(
                        MethodKind.UNARY,
                        MethodKind.SERVER_STREAM,
                        MethodKind.CLIENT_STREAM,
                        MethodKind.BIDI_STREAM,
                        MethodKind.UNARY);
        assertThat(KindsContract.INSTANCE.methods())
                .extracting(MethodContract::idempotency)
                .containsExactly(
                        Idempotency.NO_SIDE_EFFECTS,
                        Idempotency.IDEMPOTENT,
                        Idempotency.UNKNOWN,
                        Idempotency.UNKNOWN,
                        Idempotency.UNKNOWN);
    }

    @Test
    void blockingMethodsBecomeBlockingCalls() {
        Kinds kinds = KindsContract.INSTANCE.blockingClient(caller);

        Reply unary = kinds.unary(REQUEST);
        assertThat(unary).isEqualTo(Reply.getDefaultInstance());
        assertLast("unary", KindsContract.UNARY, REQUEST);

        RpcStream<Reply> replies = kinds.serverStream(REQUEST);
        assertThat(replies).toIterable().containsExactly(Reply.getDefaultInstance());
        assertLast("serverStream", KindsContract.SERVER_STREAM, REQUEST);

        Reply reply = kinds.clientStream(REQUESTS);
        assertThat(reply).isEqualTo(Reply.getDefaultInstance());
        assertLast("clientStream", KindsContract.CLIENT_STREAM, REQUESTS);

        RpcStream<Reply> answers = kinds.bidiStream(REQUESTS);
        assertThat(answers).toIterable().containsExactly(Reply.getDefaultInstance());
        assertLast("bidiStream", KindsContract.BIDI_STREAM, REQUESTS);
    }

    @Test
    void asynchronousMethodsBecomeAsynchronousCalls() {
        KindsAsync kinds = KindsContract.INSTANCE.asyncClient(caller);

        CompletableFuture<Reply> unary = kinds.unary(REQUEST);
        assertThat(unary).isCompletedWithValue(Reply.getDefaultInstance());
        assertLast("unaryAsync", KindsContract.UNARY, REQUEST);

        Flow.Publisher<Reply> replies = kinds.serverStream(REQUEST);
        assertThat(replies).isNotNull();
        assertLast("serverStreamAsync", KindsContract.SERVER_STREAM, REQUEST);

        CompletableFuture<Reply> reply = kinds.clientStream(PUBLISHER);
        assertThat(reply).isCompletedWithValue(Reply.getDefaultInstance());
        assertLast("clientStreamAsync", KindsContract.CLIENT_STREAM, PUBLISHER);

        Flow.Publisher<Reply> answers = kinds.bidiStream(PUBLISHER);
        assertThat(answers).isNotNull();
        assertLast("bidiStreamAsync", KindsContract.BIDI_STREAM, PUBLISHER);
    }

    @Test
    void everyMethodIsBound() {
        ServiceBinding blocking = KindsContract.INSTANCE.bind(new EchoingKinds());

        assertThat(KindsContract.INSTANCE.methods())
                .allSatisfy(method -> assertThat(blocking.invoker(method)).isNotNull());
        assertThat(Bindings.call(blocking, KindsContract.UNARY, REQUEST).join().message())
                .isEqualTo(EchoingKinds.reply(REQUEST));
    }

    @Test
    void deprecationReachesJava() throws NoSuchMethodException {
        assertThat(Kinds.class).hasAnnotation(Deprecated.class);
        assertThat(KindsAsync.class).hasAnnotation(Deprecated.class);
        assertThat(KindsContract.class).hasAnnotation(Deprecated.class);
        assertThat(Kinds.class.getMethod("bidiStream", RpcStream.class).isAnnotationPresent(Deprecated.class))
                .isTrue();
        assertThat(Kinds.class.getMethod("unary", Request.class).isAnnotationPresent(Deprecated.class))
                .isFalse();
    }

    @Test
    void aServiceWithoutMethodsHasAContract() {
        ServiceContract<?, ?> contract = EmptyContract.INSTANCE;

        assertThat(contract.name()).isEqualTo("test.kinds.Empty");
        assertThat(contract.methods()).isEmpty();
        assertThat(EmptyContract.INSTANCE
                        .bind(new io.rpcboot.test.kinds.Empty() {})
                        .contract())
                .isSameAs(contract);
    }

    private void assertLast(String verb, MethodContract<?, ?> method, Object argument) {
        assertThat(caller.last()).isEqualTo(new RecordingCaller.Call(verb, method, argument, CallOptions.NONE));
    }

    private static class EchoingKinds implements Kinds {

        static Reply reply(Request request) {
            return Reply.newBuilder().setText(request.getText()).build();
        }

        @Override
        public Reply unary(Request request) {
            return reply(request);
        }

        @Override
        public RpcStream<Reply> serverStream(Request request) {
            return RpcStream.of(List.of(reply(request)));
        }

        @Override
        public Reply clientStream(RpcStream<Request> requests) {
            return reply(requests.next());
        }

        @Override
        public RpcStream<Reply> bidiStream(RpcStream<Request> requests) {
            return RpcStream.of(List.of(reply(requests.next())));
        }

        @Override
        public Empty nothing(Empty request) {
            return request;
        }
    }
}
