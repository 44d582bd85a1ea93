package io.rpcboot.transport;

import com.google.protobuf.MessageLite;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOutboundBuffer;
import io.rpcboot.wire.Frame;
import io.rpcboot.wire.FrameEncoder;
import io.rpcboot.wire.FrameKind;
import io.rpcboot.wire.FrameLimits;
import io.rpcboot.wire.Header;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * What one connection has to send. Any thread may add; the event loop alone writes: all that waits goes into one buffer and out with one
 * flush. Bodies in buffers of their own take turns, a piece each, and only while the peer keeps up, so that they delay nothing small.
 */
final class Outbox implements Runnable {

    private static final AtomicReferenceFieldUpdater<Outbox, @Nullable Outgoing> NEWEST =
            AtomicReferenceFieldUpdater.newUpdater(Outbox.class, Outgoing.class, "newest");

    private static final int INITIAL_BYTES = 512;

    private final Channel channel;
    private final FrameEncoder encoder;
    private final Header header = new Header();
    private final Queue<LargeBody> bodies = new ArrayDeque<>();

    /** A stack, newest first: one compare-and-set adds to it, one swap takes all. */
    private volatile @Nullable Outgoing newest;

    private @Nullable ByteBuf batch;
    private int batchBytes = INITIAL_BYTES;
    private boolean batching;
    private long now;

    Outbox(Channel channel, FrameEncoder encoder) {
        this.channel = channel;
        this.encoder = encoder;
    }

    /** Adds from any thread; the event loop is woken if it has to be. */
    void add(Outgoing item) {
        Outgoing before;
        do {
            before = newest;
            item.next(before);
        } while (!NEWEST.compareAndSet(this, before, item));
        if (before == null && !(channel.eventLoop().inEventLoop() && batching)) {
            wake();
        }
    }

    private void wake() {
        try {
            channel.eventLoop().execute(this);
        } catch (RejectedExecutionException e) {
            // The event loop has ended, and with it the connection: nobody else will look here again.
            for (Outgoing item = NEWEST.getAndSet(this, null); item != null; ) {
                Outgoing older = item.next();
                item.next(null);
                item.dropped(e);
                item = older;
            }
        }
    }

    /** From here to {@link #endBatch()} what the event loop adds is held, to go out with one flush. */
    void beginBatch() {
        batching = true;
    }

    void endBatch() {
        batching = false;
        run();
    }

    /** Writes all that waits and flushes. */
    @Override
    public void run() {
        now = System.nanoTime();
        // What is written may add more: a reply that fails to encode is followed by its error.
        boolean outer = batching;
        batching = true;
        cutShortAbandoned();
        Outgoing item;
        while ((item = oldestFirst(NEWEST.getAndSet(this, null))) != null) {
            writeAll(item);
        }
        batching = outer;
        writeBodies();
        writeBatch();
        channel.flush();
    }

    private void writeAll(Outgoing first) {
        for (Outgoing item = first; item != null; ) {
            Outgoing following = item.next();
            item.next(null);
            writeOne(item);
            item = following;
        }
    }

    private void writeOne(Outgoing item) {
        if (!channel.isActive()) {
            item.dropped(new ClosedChannelException());
            return;
        }
        int start = batch == null ? 0 : batch.writerIndex();
        try {
            item.write(this);
        } catch (RuntimeException | Error e) {
            if (batch != null && batch.writerIndex() > start) {
                batch.writerIndex(start);
            }
            item.dropped(e);
        }
    }

    private static @Nullable Outgoing oldestFirst(@Nullable Outgoing newestFirst) {
        Outgoing reversed = null;
        for (Outgoing item = newestFirst; item != null; ) {
            Outgoing older = item.next();
            item.next(reversed);
            reversed = item;
            item = older;
        }
        return reversed;
    }

    /** The time of this pass, a reading of {@link System#nanoTime()}. */
    long now() {
        return now;
    }

    /** Writes one frame with a small body, or none. Event loop only. */
    void message(Outgoing item, @Nullable MessageLite body) {
        item.fill(header.clear());
        encoder.write(batch(), header, body);
    }

    /**
     * Writes a body in a buffer of its own, which the outbox then owns: the first piece now, since call ids must arrive in order, the others
     * in turn. Event loop only.
     */
    void large(BodyOwner owner, long callId, FrameKind kind, ByteBuf body) {
        LargeBody large = new LargeBody(owner, callId, kind, body);
        if (writePiece(large)) {
            bodies.add(large);
        }
    }

    /** Writes bytes that are no frame, in a buffer that the outbox then owns. Event loop only. */
    ChannelFuture bare(ByteBuf bytes) {
        writeBatch();
        return channel.write(bytes);
    }

    /** Writes a frame of another kind. Event loop only. */
    void frame(Frame frame) {
        encoder.write(batch(), frame);
    }

    /** Whether all that was added has gone to the socket. Event loop only. */
    boolean isDrained() {
        ChannelOutboundBuffer unsent = channel.unsafe().outboundBuffer();
        return newest == null && bodies.isEmpty() && (unsent == null || unsent.isEmpty());
    }

    /** Fails all that waits, and lets go of what is half written. Event loop only. */
    void close() {
        run();
        for (LargeBody body; (body = bodies.poll()) != null; ) {
            body.body.release();
            body.owner.dropped(new ClosedChannelException());
        }
        if (batch != null) {
            batch.release();
            batch = null;
        }
    }

    private ByteBuf batch() {
        if (batch == null) {
            batch = channel.alloc().ioBuffer(batchBytes);
        }
        return batch;
    }

    private void writeBatch() {
        ByteBuf full = batch;
        if (full != null) {
            batch = null;
            // The next pass is likely to be like this one.
            batchBytes = Math.max(INITIAL_BYTES, (batchBytes + full.readableBytes()) / 2);
            channel.write(full, channel.voidPromise());
        }
    }

    private void writeBodies() {
        while (!bodies.isEmpty() && channel.isActive()) {
            writeBatch();
            if (!channel.isWritable()) {
                return;
            }
            LargeBody body = bodies.remove();
            if (body.owner.abandoned()) {
                cutShort(body);
            } else if (writePiece(body)) {
                bodies.add(body);
            }
        }
    }

    /** Before anything new, which may need the place that they take at the peer. */
    private void cutShortAbandoned() {
        if (bodies.isEmpty() || !channel.isActive()) {
            return;
        }
        for (Iterator<LargeBody> all = bodies.iterator(); all.hasNext(); ) {
            LargeBody body = all.next();
            if (body.owner.abandoned()) {
                all.remove();
                cutShort(body);
            }
        }
    }

    private void cutShort(LargeBody body) {
        body.body.release();
        body.owner.cutShort(this);
    }

    /** Writes the next piece; false if it was the last. A body whose frame cannot be written is let go. */
    private boolean writePiece(LargeBody body) {
        int length = Math.min(FrameLimits.PIECE_BYTES, body.body.readableBytes());
        boolean more = length < body.body.readableBytes();
        header.clear();
        if (body.first) {
            body.owner.fill(header);
            body.first = false;
        } else {
            header.callId(body.callId).kind(body.kind);
        }
        try {
            encoder.writeHeader(batch(), header.more(more), body.body.slice(body.body.readerIndex(), length));
        } catch (RuntimeException | Error e) {
            body.body.release();
            throw e;
        }
        writeBatch();
        channel.write(more ? body.body.readRetainedSlice(length) : body.body, channel.voidPromise());
        return more;
    }

    /** Bytes of frames that the socket has not taken yet. Event loop only. */
    long unsentBytes() {
        ChannelOutboundBuffer unsent = channel.unsafe().outboundBuffer();
        return unsent == null ? 0 : unsent.totalPendingWriteBytes();
    }

    private static final class LargeBody {
        final BodyOwner owner;
        final long callId;
        final FrameKind kind;
        final ByteBuf body;
        boolean first = true;

        LargeBody(BodyOwner owner, long callId, FrameKind kind, ByteBuf body) {
            this.owner = owner;
            this.callId = callId;
            this.kind = kind;
            this.body = body;
        }
    }
}
