package io.rpcboot.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rpcboot.Deadline;
import io.rpcboot.Metadata;
import io.rpcboot.RpcReply;
import io.rpcboot.test.Network;
import io.rpcboot.test.ProbeService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class BlockedCallersTest {

    private static final RpcReply REPLY = new RpcReply(ProbeService.text("hi"), Metadata.EMPTY);

    private final Queue<Runnable> looks = new ConcurrentLinkedQueue<>();
    private final BlockedCallers callers = new BlockedCallers(4, looks::add);

    /** Waits on a thread of its own. */
    private CompletableFuture<RpcReply> await(CompletableFuture<RpcReply> reply, Deadline deadline) {
        return await(callers, reply, deadline);
    }

    private static CompletableFuture<RpcReply> await(
            BlockedCallers callers, CompletableFuture<RpcReply> reply, Deadline deadline) {
        CompletableFuture<RpcReply> waited = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                waited.complete(callers.await(reply, deadline));
            } catch (InterruptedException | ExecutionException | TimeoutException | RuntimeException e) {
                waited.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return waited;
    }

    private static Deadline longPast() {
        return Deadline.at(System.nanoTime() - BlockedCallers.LOST_AFTER_NANOS);
    }

    private static Deadline future() {
        return Deadline.after(Duration.ofHours(1));
    }

    private Runnable nextLook() {
        Awaitility.await().atMost(Network.LONG).until(() -> !looks.isEmpty());
        return looks.remove();
    }

    @Test
    void whoeverWaitsForALostCallIsLetGo() {
        CompletableFuture<RpcReply> waited = await(new CompletableFuture<>(), longPast());

        nextLook().run();

        assertThat(waited).failsWithin(Network.LONG).withThrowableThat().withCauseInstanceOf(TimeoutException.class);
    }

    @Test
    void whoeverWaitsWithinTheDeadlineIsLookedAtAgain() {
        CompletableFuture<RpcReply> reply = new CompletableFuture<>();
        CompletableFuture<RpcReply> waited = await(reply, future());

        nextLook().run();
        assertThat(reply).isNotDone();
        Runnable another = nextLook();
        reply.complete(REPLY);
        assertThat(waited).succeedsWithin(Network.LONG).isSameAs(REPLY);

        another.run();
        assertThat(looks).isEmpty();
    }

    @Test
    void placesAreFreeAgainWhenTheCallHasEnded() {
        BlockedCallers onePlace = new BlockedCallers(1, looks::add);
        for (int i = 0; i < 10; i++) {
            CompletableFuture<RpcReply> reply = new CompletableFuture<>();
            CompletableFuture<RpcReply> waited = await(onePlace, reply, future());
            Runnable look = nextLook();
            reply.complete(REPLY);
            assertThat(waited).succeedsWithin(Network.LONG);
            look.run();
        }
        assertThat(looks).isEmpty();
    }

    @Test
    void whoeverFindsNoPlaceWaitsWithALimit() {
        List<CompletableFuture<RpcReply>> holding = new ArrayList<>();
        BlockedCallers onePlace = new BlockedCallers(1, looks::add);
        holding.add(await(onePlace, new CompletableFuture<>(), future()));
        nextLook();

        CompletableFuture<RpcReply> waited = await(onePlace, new CompletableFuture<>(), longPast());

        assertThat(waited).failsWithin(Network.LONG).withThrowableThat().withCauseInstanceOf(TimeoutException.class);
        assertThat(looks).isEmpty();
        assertThat(holding).allSatisfy(one -> assertThat(one).isNotDone());
    }

    @Test
    void aFailureOfTheCallIsPassedOn() {
        IllegalStateException failure = new IllegalStateException("not today");
        CompletableFuture<RpcReply> reply = new CompletableFuture<>();
        CompletableFuture<RpcReply> waited = await(reply, future());
        nextLook();

        reply.completeExceptionally(failure);

        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(waited::join)
                .withCauseInstanceOf(ExecutionException.class)
                .withRootCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void aReplyThatIsThereNeedsNoPlace() throws Exception {
        assertThat(callers.await(CompletableFuture.completedFuture(REPLY), longPast()))
                .isSameAs(REPLY);
        assertThat(looks).isEmpty();
    }

    @Test
    void aLookThatCannotBeginIsTriedAgainByTheNextCall() {
        AtomicBoolean refuses = new AtomicBoolean(true);
        BlockedCallers refused = new BlockedCallers(1, task -> {
            if (refuses.get()) {
                throw new RejectedExecutionException("not now");
            }
            looks.add(task);
        });
        assertThat(await(refused, new CompletableFuture<>(), longPast()))
                .failsWithin(Network.LONG)
                .withThrowableThat()
                .withCauseInstanceOf(RejectedExecutionException.class);
        refuses.set(false);

        CompletableFuture<RpcReply> waited = await(refused, new CompletableFuture<>(), longPast());
        nextLook().run();

        assertThat(waited).failsWithin(Network.LONG).withThrowableThat().withCauseInstanceOf(TimeoutException.class);
    }
}
