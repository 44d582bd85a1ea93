package io.rpcboot.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rpcboot.test.Network;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkerPoolTest {

    private final AtomicReference<Throwable> uncaught = new AtomicReference<>();
    private final Semaphore release = new Semaphore(0);
    private final List<ExecutorService> pools = new ArrayList<>();

    private WorkerPool pool(int threads) {
        return pool(threads, Duration.ofMinutes(1));
    }

    private WorkerPool pool(int threads, @Nullable Duration longestRest) {
        WorkerPool pool = new WorkerPool(threads, longestRest, task -> {
            Thread thread = new Thread(task, "worker");
            thread.setDaemon(true);
            thread.setUncaughtExceptionHandler((where, failure) -> uncaught.set(failure));
            return thread;
        });
        pools.add(pool);
        return pool;
    }

    @AfterEach
    void end() throws InterruptedException {
        release.release(1_000_000);
        for (ExecutorService pool : pools) {
            pool.shutdownNow();
            assertThat(pool.awaitTermination(Network.LONG.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(Network.LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aTaskThatBlocksHoldsUpNoOther() {
        WorkerPool pool = pool(4);
        for (int i = 0; i < 3; i++) {
            pool.execute(release::acquireUninterruptibly);
        }

        assertThat(CompletableFuture.supplyAsync(() -> "done", pool)).succeedsWithin(Network.LONG);
    }

    @Test
    void asManyTasksAsThereAreThreadsRunAtOnceThoughTheyCameInOneBurst() {
        int threads = 50;
        WorkerPool pool = pool(threads);
        CyclicBarrier all = new CyclicBarrier(threads);

        List<CompletableFuture<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            tasks.add(CompletableFuture.runAsync(() -> meet(all), pool));
        }

        assertThat(tasks).allSatisfy(task -> assertThat(task).succeedsWithin(Network.LONG));
    }

    static void meet(CyclicBarrier all) {
        try {
            all.await(Network.LONG.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void noMoreTasksThanThreadsRunAtOnceAndTheRestComesInOrder() {
        WorkerPool pool = pool(1);
        List<Integer> order = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(10);
        pool.execute(release::acquireUninterruptibly);
        for (int i = 0; i < 10; i++) {
            int number = i;
            pool.execute(() -> {
                order.add(number);
                done.countDown();
            });
        }

        release.release();
        await(done);

        assertThat(order).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    @Test
    void noTaskIsLostWhereManyThreadsBringThem() throws InterruptedException {
        WorkerPool pool = pool(3);
        int each = 50_000;
        AtomicInteger ran = new AtomicInteger();
        List<Thread> bringers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread bringer = new Thread(() -> {
                for (int j = 0; j < each; j++) {
                    pool.execute(ran::incrementAndGet);
                    if (j % 100 == 0) {
                        Thread.yield();
                    }
                }
            });
            bringers.add(bringer);
            bringer.start();
        }
        for (Thread bringer : bringers) {
            bringer.join();
        }

        Awaitility.await().atMost(Network.LONG).until(() -> ran.get() == 4 * each);
    }

    @Test
    void noTaskIsLeftBehindWhereAThreadGoesIdleAsItComes() throws Exception {
        WorkerPool pool = pool(1);
        CyclicBarrier together = new CyclicBarrier(2);
        Thread other = new Thread(() -> bring(pool, together));
        other.start();

        bring(pool, together);

        other.join(Network.LONG.toMillis());
        assertThat(other.isAlive()).isFalse();
    }

    private static void bring(WorkerPool pool, CyclicBarrier together) {
        for (int i = 0; i < 20_000; i++) {
            meet(together);
            assertThat(CompletableFuture.supplyAsync(() -> "done", pool)).succeedsWithin(Network.LONG);
        }
    }

    @Test
    void aTaskThatThrowsIsToldToItsThreadAndTheNextOneRuns() {
        WorkerPool pool = pool(1);
        IllegalStateException failure = new IllegalStateException("a task");

        pool.execute(() -> {
            throw failure;
        });

        assertThat(CompletableFuture.supplyAsync(() -> "done", pool)).succeedsWithin(Network.LONG);
        assertThat(uncaught).hasValue(failure);
    }

    @Test
    void anInterruptThatOneTaskLeavesIsNotSeenByTheNext() {
        WorkerPool pool = pool(1);

        pool.execute(() -> Thread.currentThread().interrupt());

        assertThat(CompletableFuture.supplyAsync(() -> Thread.currentThread().isInterrupted(), pool))
                .succeedsWithin(Network.LONG)
                .isEqualTo(false);
    }

    @Test
    void aThreadThatHasRestedForLongEnoughEndsAndTheNextTaskHasAnother() {
        WorkerPool pool = pool(1, Duration.ofMillis(20));
        Thread first =
                CompletableFuture.supplyAsync(Thread::currentThread, pool).join();

        Awaitility.await().atMost(Network.LONG).until(() -> !first.isAlive());

        assertThat(CompletableFuture.supplyAsync(() -> "done", pool)).succeedsWithin(Network.LONG);
    }

    @Test
    void threadsThatRestWithoutALimitEndWithThePool() throws InterruptedException {
        WorkerPool pool = pool(2, null);
        Thread first =
                CompletableFuture.supplyAsync(Thread::currentThread, pool).join();
        Awaitility.await().atMost(Network.LONG).until(() -> first.getState() == Thread.State.WAITING);
        assertThat(CompletableFuture.supplyAsync(Thread::currentThread, pool).join())
                .isSameAs(first);

        pool.shutdown();

        assertThat(pool.awaitTermination(Network.LONG.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        Awaitility.await().atMost(Network.LONG).until(() -> !first.isAlive());
    }

    @Test
    void afterAShutdownWhatWaitsIsDoneAndNothingMoreIsTaken() throws InterruptedException {
        WorkerPool pool = pool(1);
        AtomicBoolean ran = new AtomicBoolean();
        pool.execute(release::acquireUninterruptibly);
        pool.execute(() -> ran.set(true));

        pool.shutdown();

        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> pool.execute(() -> {}));
        assertThat(pool.isTerminated()).isFalse();
        release.release();
        assertThat(pool.awaitTermination(Network.LONG.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        assertThat(ran).isTrue();
    }

    @Test
    void anImmediateShutdownInterruptsWhatRunsAndReturnsWhatHasNotBegun() throws InterruptedException {
        WorkerPool pool = pool(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        Runnable waiting = () -> {};
        pool.execute(() -> {
            begun.countDown();
            try {
                release.acquire();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        });
        pool.execute(waiting);
        await(begun);

        assertThat(pool.shutdownNow()).containsExactly(waiting);

        await(interrupted);
        assertThat(pool.awaitTermination(Network.LONG.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
    }

    @Test
    void tasksAreDoneByTheThreadsThereAreWhereNoMoreCanBeStarted() {
        AtomicInteger started = new AtomicInteger();
        WorkerPool pool = new WorkerPool(10, Duration.ofMinutes(1), task -> {
            if (started.incrementAndGet() > 1) {
                throw new IllegalStateException("no more threads");
            }
            Thread thread = new Thread(task, "worker");
            thread.setDaemon(true);
            return thread;
        });
        pools.add(pool);

        List<CompletableFuture<String>> replies = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            replies.add(CompletableFuture.supplyAsync(() -> "done", pool));
        }

        assertThat(replies).allSatisfy(reply -> assertThat(reply).succeedsWithin(Network.LONG));
    }

    @Test
    void aThreadThatCannotBeStartedIsToldToWhoBringsTheOnlyTask() {
        WorkerPool pool = new WorkerPool(1, Duration.ofMinutes(1), task -> {
            throw new IllegalStateException("no more threads");
        });

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> pool.execute(() -> {}))
                .withMessage("no more threads");
        assertThat(pool.shutdownNow()).isEmpty();
        assertThat(pool.isTerminated()).isTrue();
    }
}
