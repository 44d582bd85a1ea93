package io.rpcboot.contract;

import static io.rpcboot.test.generic.GenericUsers.LOGIN;
import static io.rpcboot.test.generic.GenericUsers.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.RpcCallback;
import com.google.protobuf.RpcController;
import com.google.protobuf.ServiceException;
import io.rpcboot.Outcome;
import io.rpcboot.RpcStatus;
import io.rpcboot.test.Network;
import io.rpcboot.test.generic.Fixbug.LoginResponse;
import io.rpcboot.test.generic.Fixbug.UserServiceRpc;
import io.rpcboot.test.generic.GenericUsers;
import io.rpcboot.test.generic.GenericUsers.Login;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Controllers at both ends of a call. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CallControllerTest {

    private final Network network = Network.tcp();
    private final CallController controller = new CallController();
    private final AtomicInteger runs = new AtomicInteger();

    @AfterEach
    void close() throws Exception {
        network.close();
    }

    private UserServiceRpc serve(Login login) {
        network.serve(ServiceContract.of(GenericUsers.service(login)).bindAsync(GenericUsers.service(login)), it -> it);
        return UserServiceRpc.newStub(network.client().channel());
    }

    /** The ends of calls as done gets them: empty for null. */
    private static final class Ends extends LinkedBlockingQueue<Optional<LoginResponse>>
            implements RpcCallback<LoginResponse> {
        @Override
        public void run(LoginResponse response) {
            add(Optional.ofNullable(response));
        }
    }

    @Test
    void cancellingACallCancelsItAtTheServerToo() throws Exception {
        CompletableFuture<RpcController> atServer = new CompletableFuture<>();
        CompletableFuture<Boolean> told = new CompletableFuture<>();
        Ends ends = new Ends();
        UserServiceRpc users = serve((serving, request, done) -> {
            serving.notifyOnCancel(nothing -> {
                runs.incrementAndGet();
                told.complete(serving.isCanceled());
                done.run(answer("too late", request));
            });
            atServer.complete(serving);
        });
        users.login(controller, LOGIN, ends);
        assertThat(atServer).succeedsWithin(Network.LONG).matches(it -> !it.isCanceled());

        controller.startCancel();

        assertThat(told).succeedsWithin(Network.LONG).isEqualTo(true);
        assertThat(ends.take()).isEmpty();
        assertThat(controller.failure().status()).isEqualTo(RpcStatus.CANCELLED);
        assertThat(controller.isCanceled()).isTrue();
        assertThat(runs).hasValue(1);
    }

    @Test
    void aBlockedCallIsCancelledFromAnotherThread() {
        CompletableFuture<Void> running = new CompletableFuture<>();
        CompletableFuture<Void> told = new CompletableFuture<>();
        serve((serving, request, done) -> {
            serving.notifyOnCancel(nothing -> {
                told.complete(null);
                done.run(null);
            });
            running.complete(null);
        });
        UserServiceRpc.BlockingInterface users = network.client().client(UserServiceRpc.BlockingInterface.class);
        running.thenRun(controller::startCancel);

        assertThatExceptionOfType(ServiceException.class)
                .isThrownBy(() -> users.login(controller, LOGIN))
                .withMessageContaining("CANCELLED");
        assertThat(told).succeedsWithin(Network.LONG);
    }

    @Test
    void aCallThatIsCancelledBeforeItIsMadeDoesNotRun() throws Exception {
        Ends ends = new Ends();
        UserServiceRpc users = serve((serving, request, done) -> runs.incrementAndGet());

        controller.startCancel();
        users.login(controller, LOGIN, ends);

        assertThat(ends.take()).isEmpty();
        assertThat(controller.failure().status()).isEqualTo(RpcStatus.CANCELLED);
        assertThat(controller.failure().outcome()).isEqualTo(Outcome.DID_NOT_RUN);
        assertThat(runs).hasValue(0);
    }

    @Test
    void aControllerWatchesOverOneCallAtATime() throws Exception {
        BlockingQueue<RpcCallback<LoginResponse>> open = new LinkedBlockingQueue<>();
        Ends ends = new Ends();
        UserServiceRpc users = serve((serving, request, done) -> open.add(done));
        users.login(controller, LOGIN, ends);

        assertThatIllegalStateException()
                .isThrownBy(() -> users.login(controller, LOGIN, ends))
                .withMessageContaining("fixbug.UserServiceRpc/Login")
                .withMessageContaining("under way");
        assertThatIllegalStateException()
                .isThrownBy(controller::reset)
                .withMessageContaining("fixbug.UserServiceRpc/Login");
        open.take().run(answer("once", LOGIN));

        assertThat(ends.take()).isPresent();
        assertThat(controller.failed()).isFalse();
    }

    @Test
    void theNextCallStartsWithoutTheFailureOfTheLast() throws Exception {
        Ends ends = new Ends();
        AtomicInteger calls = new AtomicInteger();
        UserServiceRpc users = serve((serving, request, done) -> {
            if (calls.incrementAndGet() == 1) {
                serving.setFailed("wrong password");
            }
            done.run(answer("it", request));
        });
        users.login(controller, LOGIN, ends);
        assertThat(ends.take()).isEmpty();
        assertThat(controller.errorText()).contains("ABORTED: wrong password");
        assertThat(controller.failure().outcome()).isEqualTo(Outcome.RAN);
        controller.startCancel();

        users.login(controller, LOGIN, ends);

        assertThat(ends.take()).isPresent();
        assertThat(controller.failed()).isFalse();
        assertThat(controller.errorText()).isEmpty();
        assertThat(controller.isCanceled()).isFalse();
    }

    @Test
    void aResetControllerKnowsNothingOfTheCallBefore() throws Exception {
        Ends ends = new Ends();
        UserServiceRpc.newStub(network.client().channel()).login(controller, LOGIN, ends);
        assertThat(ends.take()).isEmpty();
        assertThat(controller.failed()).isTrue();

        controller.reset();

        assertThat(controller.failed()).isFalse();
        assertThat(controller.failure()).isNull();
        assertThat(controller.errorText()).isEmpty();
    }

    @Test
    void resetTakesAnEarlyCancellationBack() throws Exception {
        Ends ends = new Ends();
        UserServiceRpc users = serve((serving, request, done) -> done.run(answer("it", request)));
        controller.startCancel();

        controller.reset();
        users.login(controller, LOGIN, ends);

        assertThat(ends.take()).isPresent();
    }

    @Test
    void atTheCallerACallbackRunsOnceWhenTheCallIsOver() throws Exception {
        Ends ends = new Ends();
        UserServiceRpc users = serve((serving, request, done) -> done.run(answer("it", request)));
        controller.notifyOnCancel(nothing -> runs.incrementAndGet());
        users.login(controller, LOGIN, ends);
        ends.take();

        controller.startCancel();
        controller.reset();

        assertThat(runs).hasValue(1);
        assertThat(controller.isCanceled()).isFalse();
    }

    @Test
    void aServiceCalledDirectlyIsCancelledAndFailsByTheSameController() {
        AtomicReference<RpcController> seen = new AtomicReference<>();
        UserServiceRpc users = new GenericUsers.Extending((serving, request, done) -> {
            serving.notifyOnCancel(nothing -> runs.incrementAndGet());
            seen.set(serving);
        });
        users.login(controller, LOGIN, response -> {});

        controller.startCancel();
        controller.startCancel();
        seen.get().setFailed("given up");

        assertThat(seen.get().isCanceled()).isTrue();
        assertThat(runs).hasValue(1);
        assertThat(controller.failed()).isTrue();
        assertThat(controller.errorText()).contains("given up");
    }

    @Test
    void aForeignControllerIsToldOfFailuresAndAskedForCancellations() throws Exception {
        CompletableFuture<Void> running = new CompletableFuture<>();
        CompletableFuture<Void> told = new CompletableFuture<>();
        Ends ends = new Ends();
        UserServiceRpc users = serve((serving, request, done) -> {
            serving.notifyOnCancel(nothing -> {
                told.complete(null);
                done.run(null);
            });
            running.complete(null);
        });
        ForeignController foreign = new ForeignController();
        users.login(foreign, LOGIN, ends);
        running.join();

        foreign.cancel.get().run(null);

        assertThat(told).succeedsWithin(Network.LONG);
        assertThat(ends.take()).isEmpty();
        assertThat(foreign.reason).contains("fixbug.UserServiceRpc/Login: CANCELLED");
    }

    @Test
    void aForeignControllerThatCannotCancelIsUsedAllTheSame() throws Exception {
        Ends ends = new Ends();
        UserServiceRpc users = serve((serving, request, done) -> done.run(answer("it", request)));
        ForeignController foreign = new ForeignController() {
            @Override
            public void notifyOnCancel(RpcCallback<Object> callback) {
                throw new UnsupportedOperationException("at the server only");
            }
        };

        users.login(foreign, LOGIN, ends);

        assertThat(ends.take()).isPresent();
        assertThat(foreign.reason).isNull();
    }

    @Test
    void aControllerHandedOnToAnotherStubCancelsThatCallToo() {
        CompletableFuture<Void> running = new CompletableFuture<>();
        CompletableFuture<Void> farthest = new CompletableFuture<>();
        UserServiceRpc behind = serve((serving, request, done) -> {
            serving.notifyOnCancel(nothing -> {
                farthest.complete(null);
                done.run(null);
            });
            running.complete(null);
        });
        Network front = Network.tcp();
        try (AutoCloseable closing = front) {
            // On a thread of its own: without the controller nothing would tie the two calls.
            Login handingOn =
                    (serving, request, done) -> new Thread(() -> behind.login(serving, request, done)).start();
            front.serve(
                    ServiceContract.of(GenericUsers.service(handingOn)).bindAsync(GenericUsers.service(handingOn)),
                    it -> it);
            Ends ends = new Ends();
            // The deadline must not be what cancels.
            UserServiceRpc.newStub(front.client(it -> it.timeout(Network.LONG.multipliedBy(2)))
                            .channel())
                    .login(controller, LOGIN, ends);
            running.join();

            controller.startCancel();

            assertThat(farthest).succeedsWithin(Network.LONG);
            await().atMost(Network.LONG).until(() -> !ends.isEmpty());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Of somebody else: knows setFailed and notifyOnCancel, and refuses all else. */
    private static class ForeignController implements RpcController {
        final AtomicReference<RpcCallback<Object>> cancel = new AtomicReference<>();
        volatile String reason;

        @Override
        public void setFailed(String text) {
            reason = text;
        }

        @Override
        public void notifyOnCancel(RpcCallback<Object> callback) {
            cancel.set(callback);
        }

        @Override
        public boolean isCanceled() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void reset() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean failed() {
            throw new UnsupportedOperationException();
        }

        @Override
        public String errorText() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void startCancel() {
            throw new UnsupportedOperationException();
        }
    }
}
