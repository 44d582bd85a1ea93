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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
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
        return await(callers, reply, deadline, new AtomicReference<>());
    }

    private static CompletableFuture<RpcReply> await(
            BlockedCallers callers,
            CompletableFuture<RpcReply> reply,
            Deadline deadline,
            AtomicReference<Thread> waiting) {
        CompletableFuture<RpcReply> waited = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                waited.complete(callers.await(reply, deadline));
            } catch (InterruptedException | ExecutionException | TimeoutException | RuntimeException e) {
                waited.completeExceptionally(e);
            }
        });
        waiting.set(thread);
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
    void theReplyOfALostCallIsLeftAlone() {
        CompletableFuture<RpcReply> shared = new CompletableFuture<>();
        CompletableFuture<RpcReply> early = await(shared, longPast());
        Runnable look = nextLook();
        CompletableFuture<RpcReply> late = await(shared, future());

        Awaitility.await().atMost(Network.LONG).until(() -> {
            look.run();
            return early.isDone();
        });
        shared.complete(REPLY);

        assertThat(early).isCompletedExceptionally();
        assertThat(late).succeedsWithin(Network.LONG).isSameAs(REPLY);
    }

    @Test
    void aThreadThatWasLetGoIsNotInterruptedAfterwards() throws Exception {
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                callers.await(new CompletableFuture<>(), longPast());
            } catch (InterruptedException | ExecutionException | TimeoutException e) {
                interrupted.complete(
                        e instanceof TimeoutException && Thread.currentThread().isInterrupted());
            }
        });
        thread.start();

        nextLook().run();

        assertThat(interrupted).succeedsWithin(Network.LONG).isEqualTo(false);
        thread.join();
    }

    @Test
    void nobodyIsLetGoOfTheNextCallOrInterruptedForTheLastOne() throws Exception {
        BlockedCallers few = new BlockedCallers(2, looks::add);
        await(few, new CompletableFuture<>(), longPast());
        Runnable look = nextLook();
        AtomicBoolean over = new AtomicBoolean();
        Thread looking = new Thread(() -> {
            while (!over.get()) {
                look.run();
                looks.clear();
            }
        });
        looking.start();
        ExecutorService peer = Executors.newSingleThreadExecutor();
        try {
            for (int i = 0; i < 20_000; i++) {
                CompletableFuture<RpcReply> reply = new CompletableFuture<>();
                peer.execute(() -> reply.complete(REPLY));
                if (i % 2 == 0) {
                    replyOrLost(few, reply);
                } else {
                    assertThat(few.await(reply, future())).isSameAs(REPLY);
                }
                assertThat(Thread.currentThread().isInterrupted()).isFalse();
            }
        } finally {
            over.set(true);
            looking.join();
            peer.shutdownNow();
        }
    }

    private static void replyOrLost(BlockedCallers callers, CompletableFuture<RpcReply> reply) throws Exception {
        try {
            assertThat(callers.await(reply, longPast())).isSameAs(REPLY);
        } catch (TimeoutException e) {
            assertThat(e).hasMessageContaining("did not end by its deadline");
        }
    }

    @Test
    void anInterruptEndsTheWaitAndFreesThePlace() {
        BlockedCallers onePlace = new BlockedCallers(1, looks::add);
        AtomicReference<Thread> waiting = new AtomicReference<>();
        CompletableFuture<RpcReply> reply = new CompletableFuture<>();
        CompletableFuture<RpcReply> waited = await(onePlace, reply, future(), waiting);
        Runnable look = nextLook();

        waiting.get().interrupt();

        assertThat(waited)
                .failsWithin(Network.LONG)
                .withThrowableThat()
                .withCauseInstanceOf(InterruptedException.class);
        look.run();
        assertThat(looks).isEmpty();
    }

    @Test
    void whereNoLookCanBeginTheWaitHasALimitAndTheNextCallTriesAgain() {
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
                .withCauseInstanceOf(TimeoutException.class);
        refuses.set(false);

        CompletableFuture<RpcReply> waited = await(refused, new CompletableFuture<>(), longPast());
        nextLook().run();

        assertThat(waited).failsWithin(Network.LONG).withThrowableThat().withCauseInstanceOf(TimeoutException.class);
    }
}
