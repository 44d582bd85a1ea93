package io.rpcboot.faults.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** One direction of one connection: a thread reads, another writes what is due. Faults may change while bytes pass. */
final class Link {

    private static final int CHUNK = 16 << 10;
    private static final int CHUNKS_UNDER_WAY = 256;
    private static final Chunk END = new Chunk(new byte[0], 0);

    private final Socket from;
    private final Socket to;
    private final OutputStream out;
    private final Supplier<LinkFaults> faults;
    private final Runnable reset;
    private final Random random;
    private final BlockingQueue<Chunk> underWay = new ArrayBlockingQueue<>(CHUNKS_UNDER_WAY);
    private long written;
    private long sinceFlip;

    Link(Socket from, Socket to, Supplier<LinkFaults> faults, Runnable reset, long seed) throws IOException {
        this.from = from;
        this.to = to;
        // Before any thread runs: of a socket whose output has been ended there is no stream to be had.
        this.out = to.getOutputStream();
        this.faults = faults;
        this.reset = reset;
        this.random = new Random(seed);
    }

    void start(String name) {
        thread(name + "-read", this::read);
        thread(name + "-write", this::write);
    }

    private void thread(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException | InterruptedException gone) {
                        // A side is gone: so is the connection.
                        reset.run();
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    private void read() throws IOException, InterruptedException {
        InputStream in = from.getInputStream();
        byte[] buffer = new byte[CHUNK];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            byte[] bytes = new byte[n];
            System.arraycopy(buffer, 0, bytes, 0, n);
            underWay.put(new Chunk(bytes, System.nanoTime() + delayNanos()));
        }
        underWay.put(END);
    }

    private long delayNanos() {
        LinkFaults now = faults.get();
        return now.delay().toNanos() + (long) (now.jitter().toNanos() * random.nextDouble());
    }

    private void write() throws IOException, InterruptedException {
        for (Chunk chunk = underWay.take(); chunk != END; chunk = underWay.take()) {
            awaitNanos(chunk.dueNanos());
            write(chunk.bytes());
        }
        to.shutdownOutput();
    }

    private void write(byte[] bytes) throws IOException {
        for (int at = 0; at < bytes.length; ) {
            LinkFaults now = awaitUnstalled();
            int length = Math.min(bytes.length - at, now.sliceBytes() > 0 ? now.sliceBytes() : bytes.length);
            flip(bytes, at, length, now.flipEveryBytes());
            out.write(bytes, at, length);
            out.flush();
            at += length;
            written += length;
            if (now.cutAfterBytes() > 0 && written >= now.cutAfterBytes()) {
                throw new IOException("cut after " + written + " bytes");
            }
            if (now.bytesPerSecond() > 0) {
                awaitNanos(System.nanoTime() + length * 1_000_000_000L / now.bytesPerSecond());
            }
        }
    }

    private LinkFaults awaitUnstalled() throws IOException {
        LinkFaults now = faults.get();
        while (now.stalled()) {
            if (to.isClosed()) {
                throw new IOException("closed while stalled");
            }
            LockSupport.parkNanos(1_000_000);
            now = faults.get();
        }
        return now;
    }

    private void flip(byte[] bytes, int at, int length, long every) {
        sinceFlip += length;
        if (every > 0 && sinceFlip >= every) {
            sinceFlip = 0;
            bytes[at + random.nextInt(length)] ^= (byte) (1 << random.nextInt(8));
        }
    }

    private static void awaitNanos(long due) {
        while (due - System.nanoTime() > 0) {
            LockSupport.parkNanos(due - System.nanoTime());
        }
    }

    private record Chunk(byte[] bytes, long dueNanos) {}

    private interface Work {
        void run() throws IOException, InterruptedException;
    }
}
