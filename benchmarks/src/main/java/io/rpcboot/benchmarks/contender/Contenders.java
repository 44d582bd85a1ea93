package io.rpcboot.benchmarks.contender;

import io.rpcboot.benchmarks.contender.dubbo.DubboTcp;
import io.rpcboot.benchmarks.contender.dubbo.DubboTriple;
import io.rpcboot.benchmarks.contender.grpc.GrpcContender;
import io.rpcboot.benchmarks.contender.raw.RawContender;
import io.rpcboot.benchmarks.contender.rpc.GrownContender;
import io.rpcboot.benchmarks.contender.rpc.RpcContender;
import io.rpcboot.benchmarks.contender.rpc.RpcCoreContender;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** All contenders by name, in the order of the tables. */
public final class Contenders {

    private static final Set<String> WITH_VIRTUAL_THREADS =
            Set.of("rpc-virtual", "grpc", "grpc-direct", "dubbo-tri", "raw-pb");

    private static final Map<String, Supplier<Contender>> ALL = new LinkedHashMap<>();

    static {
        ALL.put("rpc", RpcContender::withDefaults);
        ALL.put("rpc-core", RpcCoreContender::onWorkers);
        ALL.put("rpc-loop", RpcCoreContender::onEventLoop);
        ALL.put("rpc-virtual", RpcContender::withVirtualThreads);
        ALL.put("grpc", GrpcContender::withDefaults);
        ALL.put("grpc-direct", GrpcContender::direct);
        ALL.put("dubbo-tcp", DubboTcp::new);
        ALL.put("dubbo-tri", DubboTriple::new);
        ALL.put("raw", RawContender::bytesOnly);
        ALL.put("raw-pb", RawContender::withProtobuf);
    }

    private Contenders() {}

    public static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    /**
     * The contender of this name, or {@link GrownContender#name one for growth}, which the tables have not.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    public static Contender of(String name) {
        if (GrownContender.isName(name)) {
            return GrownContender.ofName(name);
        }
        Supplier<Contender> contender = ALL.get(name);
        if (contender == null) {
            throw new IllegalArgumentException("contender " + name + " (expected one of " + names() + ")");
        }
        return contender.get();
    }

    /** Whether it is compared where callers are platform threads. */
    public static boolean servesPlatformThreads(String name) {
        return !name.equals("rpc-virtual");
    }

    /** Whether it is compared where callers are virtual threads. */
    public static boolean servesVirtualThreads(String name) {
        return WITH_VIRTUAL_THREADS.contains(name);
    }
}
