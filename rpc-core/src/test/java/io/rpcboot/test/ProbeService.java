package io.rpcboot.test;

import io.rpcboot.RpcStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** A probe whose methods do what the test says, and count. */
public final class ProbeService implements Probe {

    public final AtomicInteger calls = new AtomicInteger();
    private final UnaryOperator<Text> behaviour;

    public ProbeService(UnaryOperator<Text> behaviour) {
        this.behaviour = behaviour;
    }

    /** Answers with the request. */
    public static ProbeService echo() {
        return new ProbeService(request -> request);
    }

    /** Answers with this text, whatever is asked. */
    public static ProbeService saying(String text) {
        return new ProbeService(request -> Text.newBuilder().setText(text).build());
    }

    public static Text text(String text) {
        return Text.newBuilder().setText(text).build();
    }

    @Override
    public Text echo(Text request) {
        calls.incrementAndGet();
        return behaviour.apply(request);
    }

    @Override
    public Text act(Text request) {
        calls.incrementAndGet();
        return behaviour.apply(request);
    }

    @Override
    public RpcStream<Text> watch(Text request) {
        return RpcStream.of(List.of(request));
    }
}
