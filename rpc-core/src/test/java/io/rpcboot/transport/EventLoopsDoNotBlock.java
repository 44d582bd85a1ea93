package io.rpcboot.transport;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/** Tells BlockHound where a thread of ours may wait. Netty itself tells it which threads are event loops. */
public final class EventLoopsDoNotBlock implements BlockHoundIntegration {

    @Override
    public void applyTo(BlockHound.Builder builder) {
        // An idle event loop of the in-process transport waits for work.
        builder.allowBlockingCallsInside("io.netty.channel.local.LocalIoHandler", "run");
        // Netty's allocator grows under a lock that is held for moments.
        builder.allowBlockingCallsInside("io.netty.buffer.AdaptivePoolingAllocator", "allocate");
    }
}
