package io.rpcboot.faults.cases;

import com.google.protobuf.ByteString;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.rpcboot.Outcome;
import io.rpcboot.RpcStatus;
import io.rpcboot.faults.net.RawCaller;
import io.rpcboot.faults.proto.ActRequest;
import io.rpcboot.faults.proto.ActServiceContract;
import io.rpcboot.spring.actuate.ServerMetrics;
import io.rpcboot.wire.schema.RpcHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A6. */
final class A6UnknownNames implements FaultCase {

    private static final int TIMES = 1_000;
    private static final String SERVICE = ActServiceContract.ACT.service();
    private static final String METHOD = ActServiceContract.ACT.name();

    private final AtomicInteger ran = new AtomicInteger();
    private final AtomicInteger atGates = new AtomicInteger();
    private long lastId;
    private int good;

    @Override
    public String id() {
        return "A6";
    }

    @Override
    public String description() {
        return TIMES + " requests each for unknown services, unknown methods, unknown method numbers and an unknown"
                + " version, with bodies that cannot be parsed";
    }

    @Override
    public List<Figure> run(Stage stage) throws Exception {
        SimpleMeterRegistry metrics = new SimpleMeterRegistry();
        LocalProvider provider = LocalProvider.serve(
                stage,
                request -> {
                    ran.incrementAndGet();
                    return LocalProvider.answered(request);
                },
                server -> server.callListener(new ServerMetrics(metrics)).gate(context -> atGates.incrementAndGet()));
        List<Figure> figures = new ArrayList<>();
        try (RawCaller caller = new RawCaller(provider.port())) {
            figures.add(Figure.atLeast(1, "good calls answered before", served(caller) ? 1 : 0));
            int series = metrics.getMeters().size();
            figures.add(otherwise("service", caller, i -> names("other.Service" + i, METHOD)));
            figures.add(otherwise("method", caller, i -> names(SERVICE, "Other" + i)));
            figures.add(otherwise(
                    "method number", caller, i -> RpcHeader.newBuilder().setMethodId(100 + i)));
            figures.add(otherwise("version", caller, i -> names(SERVICE, METHOD).setVersion("9." + i)));
            figures.add(Figure.atMost(0, "requests that ran", ran.get() - good));
            figures.add(Figure.atMost(0, "requests that came as far as a gate", atGates.get() - good));
            figures.add(
                    Figure.atLeast(1, "good calls answered afterwards on the same connection", served(caller) ? 1 : 0));
            figures.add(Figure.atMost(
                    0, "new series of metrics", metrics.getMeters().size() - series));
        }
        return figures;
    }

    /** Whether a good call is answered. */
    private boolean served(RawCaller caller) throws Exception {
        RpcHeader.Builder header = names(SERVICE, METHOD).setCallId(++lastId);
        RpcHeader answer = caller.call(header, ActRequest.getDefaultInstance().toByteString());
        boolean ok = answer.getCallId() == lastId && answer.getStatus() == RpcStatus.OK.code();
        good += ok ? 1 : 0;
        return ok;
    }

    private Figure otherwise(String what, RawCaller caller, Naming naming) throws Exception {
        int otherwise = 0;
        for (int i = 0; i < TIMES; i++) {
            // Who asks for nothing but what there is not is taken for an attacker, and closed out.
            if (!served(caller)) {
                throw new IllegalStateException("good call " + lastId + " was not served");
            }
            RpcHeader answer =
                    caller.call(naming.header(i).setCallId(++lastId), ByteString.copyFrom(new byte[] {7, 7, 7, 7}));
            boolean right = answer.getCallId() == lastId
                    && answer.getStatus() == RpcStatus.UNIMPLEMENTED.code()
                    && answer.getOutcome() == Outcome.DID_NOT_RUN.number();
            otherwise += right ? 0 : 1;
        }
        return Figure.atMost(
                0, "requests answered otherwise than UNIMPLEMENTED and 'did not run': unknown " + what, otherwise);
    }

    private static RpcHeader.Builder names(String service, String method) {
        return RpcHeader.newBuilder()
                .setServiceName(ByteString.copyFromUtf8(service))
                .setMethodName(ByteString.copyFromUtf8(method))
                .setTimeout(10_000);
    }

    private interface Naming {
        RpcHeader.Builder header(int number);
    }
}
