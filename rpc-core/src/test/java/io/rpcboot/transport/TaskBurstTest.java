package io.rpcboot.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcboot.test.Network;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TaskBurstTest {

    private final List<WorkerPool> pools = new ArrayList<>();

    /** A pool with one thread that waits for work. */
    private WorkerPool startedPool(int threads) {
        WorkerPool pool = pool(threads);
        CompletableFuture.runAsync(() -> {}, pool).join();
        return pool;
    }

    private WorkerPool pool(int threads) {
        WorkerPool pool = new WorkerPool(threads, task -> {
            Thread thread = new Thread(task, "worker");
            thread.setDaemon(true);
            return thread;
        });
        pools.add(pool);
        return pool;
    }

    @AfterEach
    void end() throws InterruptedException {
        TaskBurst.end();
        for (WorkerPool pool : pools) {
            pool.shutdownNow();
            assertThat(pool.awaitTermination(Network.LONG.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        }
    }

    @Test
    void tasksBeginWhenTheBurstIsOver() {
        WorkerPool pool = startedPool(2);
        AtomicInteger begun = new AtomicInteger();
        Awaitility.await()
                .atMost(Network.LONG)
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().equals("worker"))
                        .allMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING));

        TaskBurst.begin();
        for (int i = 0; i < 3; i++) {
            pool.execute(begun::incrementAndGet);
        }
        Awaitility.await().during(Duration.ofMillis(50)).until(() -> begun.get() == 0);
        TaskBurst.end();

        Awaitility.await().atMost(Network.LONG).until(() -> begun.get() == 3);
    }

    @Test
    void asManyTasksOfABurstAsThereAreThreadsRunAtOnce() {
        int threads = 20;
        WorkerPool pool = startedPool(threads);
        CyclicBarrier all = new CyclicBarrier(threads);

        TaskBurst.begin();
        List<CompletableFuture<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            tasks.add(CompletableFuture.runAsync(() -> meet(all), pool));
        }
        TaskBurst.end();

        assertThat(tasks).allSatisfy(task -> assertThat(task).succeedsWithin(Network.LONG));
    }

    private static void meet(CyclicBarrier all) {
        try {
            all.await(Network.LONG.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aPoolWithoutThreadsDoesNotWaitForTheEnd() {
        WorkerPool pool = pool(1);

        TaskBurst.begin();

        assertThat(CompletableFuture.supplyAsync(() -> "done", pool)).succeedsWithin(Network.LONG);
    }

    @Test
    void aSecondPoolDoesNotWaitForTheEnd() {
        WorkerPool first = startedPool(1);
        WorkerPool second = startedPool(1);

        TaskBurst.begin();
        CompletableFuture<String> held = CompletableFuture.supplyAsync(() -> "first", first);

        assertThat(CompletableFuture.supplyAsync(() -> "second", second)).succeedsWithin(Network.LONG);
        TaskBurst.end();
        assertThat(held).succeedsWithin(Network.LONG);
    }

    @Test
    void theTasksOfOtherThreadsDoNotWaitForTheEnd() {
        WorkerPool pool = startedPool(1);

        TaskBurst.begin();

        assertThat(CompletableFuture.supplyAsync(() -> CompletableFuture.supplyAsync(() -> "done", pool))
                        .thenCompose(done -> done))
                .succeedsWithin(Network.LONG);
    }
}
