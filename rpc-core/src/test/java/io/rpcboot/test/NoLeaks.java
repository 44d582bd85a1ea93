package io.rpcboot.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.ResourceLeakDetector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a test class after which a buffer was found that nobody released. On in all tests of the module. */
public final class NoLeaks implements BeforeAllCallback, AfterAllCallback {

    private static final Queue<String> leaks = new ConcurrentLinkedQueue<>();

    private static final ResourceLeakDetector.LeakListener LISTENER =
            (resourceType, records) -> leaks.add(resourceType + " " + records);

    @Override
    public void beforeAll(ExtensionContext context) {
        ByteBufUtil.setLeakListener(LISTENER);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        System.gc();
        // Leaks are reported when the next buffers are made.
        for (int i = 0; i < 10; i++) {
            ByteBufAllocator.DEFAULT.buffer(16).release();
        }
        assertThat(leaks).isEmpty();
    }
}
