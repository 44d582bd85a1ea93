package io.rpcboot.transport;

import static io.rpcboot.test.ProbeService.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.rpcboot.RpcException;
import io.rpcboot.RpcStatus;
import io.rpcboot.server.Execution;
import io.rpcboot.server.RpcServer;
import io.rpcboot.server.ServiceOptions;
import io.rpcboot.test.Network;
import io.rpcboot.test.OtherContract;
import io.rpcboot.test.ProbeContract;
import io.rpcboot.test.ProbeService;
import io.rpcboot.wire.EncodedName;
import io.rpcboot.wire.Header;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TaskBurstTest {

    private static final EncodedName ECHO = EncodedName.of("test.Probe", "Echo");

    private final List<WorkerPool> pools = new ArrayList<>();

    /** A pool with one thread that waits for work. */
    private WorkerPool startedPool(int threads) {
        WorkerPool pool = pool(threads);
        Thread worker =
                CompletableFuture.supplyAsync(Thread::currentThread, pool).join();
        Awaitility.await().atMost(Network.LONG).until(() -> worker.getState() == Thread.State.TIMED_WAITING);
        return pool;
    }

    private WorkerPool pool(int threads) {
        WorkerPool pool = new WorkerPool(threads, Duration.ofMinutes(1), task -> {
            Thread thread = new Thread(task, "worker");
            thread.setDaemon(true);
            return thread;
        });
        pools.add(pool);
        return pool;
    }

    @AfterEach
    void end() throws InterruptedException {
        TaskBurst.endCurrent();
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

        TaskBurst.begin();
        for (int i = 0; i < 3; i++) {
            pool.execute(begun::incrementAndGet);
        }
        Awaitility.await().during(Duration.ofMillis(50)).until(() -> begun.get() == 0);
        TaskBurst.endCurrent();

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
            tasks.add(CompletableFuture.runAsync(() -> WorkerPoolTest.meet(all), pool));
        }
        TaskBurst.endCurrent();

        assertThat(CompletableFuture.allOf(tasks.toArray(CompletableFuture[]::new)))
                .succeedsWithin(Network.LONG);
    }

    @Test
    void whoeverBringsTheOnlyTaskInABurstLearnsThatNoThreadCanBeStarted() {
        WorkerPool pool = new WorkerPool(1, Duration.ofMinutes(1), task -> {
            throw new IllegalStateException("no more threads");
        });

        TaskBurst.begin();

        assertThatIllegalStateException()
                .isThrownBy(() -> pool.execute(() -> {}))
                .withMessage("no more threads");
    }

    @Test
    void aBurstWithinABurstEndsBoth() {
        WorkerPool pool = startedPool(1);

        TaskBurst outer = TaskBurst.begin();
        CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> "first", pool);
        TaskBurst.begin().end();

        assertThat(first).succeedsWithin(Network.LONG);
        assertThat(CompletableFuture.supplyAsync(() -> "second", pool)).succeedsWithin(Network.LONG);
        outer.end();
    }

    @Test
    void workersAreWokenWhenAllThatOneReadBroughtIsThereEvenIfItEndsBadly() {
        WorkerPool pool = startedPool(1);
        List<CompletableFuture<String>> tasks = new ArrayList<>();
        AtomicBoolean wokenEarly = new AtomicBoolean();
        EmbeddedChannel channel = server(call -> {
            tasks.add(CompletableFuture.supplyAsync(() -> "done", pool));
            call.fail(new RpcException(RpcStatus.ABORTED, "not today"));
            if (tasks.size() == 2) {
                wokenEarly.set(isDoneWithin(tasks.get(0), Duration.ofMillis(50)));
                throw new IllegalStateException("the handler fails");
            }
        });

        channel.writeInbound(Unpooled.wrappedBuffer(EncodedFrames.hello(), request(1, ECHO), request(2, ECHO)));

        assertThat(wokenEarly).isFalse();
        assertThat(tasks).hasSize(2).allSatisfy(task -> assertThat(task).succeedsWithin(Network.LONG));
        assertThat(CompletableFuture.supplyAsync(() -> "done", pool)).succeedsWithin(Network.LONG);
        channel.finishAndReleaseAll();
    }

    private static EmbeddedChannel server(RequestHandler handler) {
        return new EmbeddedChannel(new ServerHandler(
                TransportOptions.DEFAULT,
                Identity.of("server"),
                (service, method) -> 0,
                handler,
                ServerLimits.defaults(),
                null,
                new ByteBudget(64 << 20)));
    }

    private static byte[] request(long id, EncodedName method) {
        return EncodedFrames.of(
                new Header().callId(id).names(method).timeoutMs(60_000).sentAtMs(1), text("hi"));
    }

    private static boolean isDoneWithin(CompletableFuture<?> task, Duration time) {
        try {
            task.get(time.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aMethodOnTheEventLoopMayWaitForACallOnAWorkerThatCameInTheSameRead() throws Exception {
        try (Network network = Network.tcp()) {
            AtomicBoolean workerRan = new AtomicBoolean();
            RpcServer server = RpcServer.builder(network.transport())
                    .address(new InetSocketAddress("127.0.0.1", 0))
                    .service(ProbeContract.INSTANCE.bind(new ProbeService(request -> {
                        workerRan.set(request.getText().equals("work"));
                        return request;
                    })))
                    .service(
                            OtherContract.INSTANCE.bind(
                                    request -> text(spinUntil(workerRan) ? "worked" : "waited in vain, and ended")),
                            new ServiceOptions(Execution.EVENT_LOOP, List.of(), List.of()))
                    .build();
            server.start();
            try (RawClient caller = new RawClient(server.port())) {
                caller.hello()
                        .request(new Header().callId(1).names(ECHO).timeoutMs(60_000), text("a worker starts"))
                        .readUntil("a worker starts");
                ByteBuf both = Unpooled.wrappedBuffer(
                        EncodedFrames.of(new Header().callId(2).names(ECHO).timeoutMs(60_000), text("work")),
                        request(3, EncodedName.of("test.Other", "Echo")));
                caller.send(ByteBufUtil.getBytes(both));

                assertThat(caller.readUntil("ed")).endsWith("worked");
            } finally {
                server.stop(Duration.ZERO);
            }
        }
    }

    /** Keeps the thread, as no method on an event loop should. */
    private static boolean spinUntil(AtomicBoolean condition) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        boolean met = condition.get();
        while (!met && System.nanoTime() - end < 0) {
            met = condition.get();
        }
        return met;
    }

    @Test
    void aSecondPoolDoesNotWaitForTheEnd() {
        WorkerPool first = startedPool(1);
        WorkerPool second = startedPool(1);

        TaskBurst.begin();
        CompletableFuture<String> held = CompletableFuture.supplyAsync(() -> "first", first);

        assertThat(CompletableFuture.supplyAsync(() -> "second", second)).succeedsWithin(Network.LONG);
        TaskBurst.endCurrent();
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
