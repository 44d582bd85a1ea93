package io.rpcboot.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcboot.test.Network;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockingOperationError;

/** BlockHound is on in all tests of this module: whatever blocks an event loop fails there. This holds that it really is. */
class BlockingTest {

    @Test
    void blockingAnEventLoopIsNoticed() throws Exception {
        try (Network network = Network.inProcess()) {
            CompletableFuture<Throwable> noticed = new CompletableFuture<>();

            network.transport()
                    .schedule(
                            () -> {
                                try {
                                    new java.util.concurrent.Semaphore(0).acquire();
                                } catch (Throwable e) {
                                    noticed.complete(e);
                                }
                            },
                            Duration.ZERO);

            assertThat(noticed).succeedsWithin(Network.LONG).isInstanceOf(BlockingOperationError.class);
        }
    }

    @Test
    void workersMayBlock() {
        CompletableFuture<Boolean> blocked = new CompletableFuture<>();

        WorkerThreads.platform(1, "worker").execute(() -> {
            new CompletableFuture<Void>()
                    .completeOnTimeout(null, 1, java.util.concurrent.TimeUnit.MILLISECONDS)
                    .join();
            blocked.complete(true);
        });

        assertThat(blocked).succeedsWithin(Network.LONG);
    }
}
