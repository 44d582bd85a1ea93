package io.rpcboot.faults.cases;

import io.rpcboot.Endpoint;
import io.rpcboot.client.RpcClient;
import io.rpcboot.faults.load.LoadShape;
import io.rpcboot.faults.load.OpenLoopLoad;
import io.rpcboot.faults.net.ClosingPort;
import io.rpcboot.faults.proto.ActServiceAsync;
import io.rpcboot.naming.FixedEndpoints;
import io.rpcboot.transport.Transport;
import io.rpcboot.transport.TransportOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** C7. */
final class C7ClosedAtOnce implements FaultCase {

    private static final int CLIENTS = 50;
    private static final int SECONDS = 60;

    @Override
    public String id() {
        return "C7";
    }

    @Override
    public String description() {
        return CLIENTS + " clients call ports that accept and close at once, for " + SECONDS + " s, 5 calls/s each";
    }

    @Override
    public List<Figure> run(Stage stage) throws Exception {
        Transport transport = stage.closing(Transport.tcp(TransportOptions.DEFAULT.withEventLoops(1)));
        List<ClosingPort> ports = new ArrayList<>();
        List<OpenLoopLoad> loads = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            ClosingPort port = stage.closing(ClosingPort.open());
            RpcClient client = stage.closing(RpcClient.builder(transport)
                    .resolver(FixedEndpoints.of(Endpoint.of("127.0.0.1", port.port())))
                    .callbackExecutor(Runnable::run)
                    .build());
            ports.add(port);
            loads.add(stage.closing(OpenLoopLoad.start(client.client(ActServiceAsync.class), LoadShape.mixed(5))));
        }
        loads.get(0).runFor(Duration.ofSeconds(SECONDS));
        for (OpenLoopLoad load : loads) {
            load.close();
        }
        int most = ports.stream().mapToInt(port -> port.accepted().size()).max().orElse(0);
        int fewest =
                ports.stream().mapToInt(port -> port.accepted().size()).min().orElse(0);
        return List.of(
                Figure.atMost(20, "attempts of the busiest client", most),
                Figure.atLeast(10, "attempts of the laziest client", fewest),
                Figure.atMost(15, "percent of the attempts after the third in one window of 100 ms", share(ports)));
    }

    private static double share(List<ClosingPort> ports) {
        long[] moments = ports.stream()
                .flatMap(port -> port.accepted().stream().skip(3))
                .mapToLong(Long::longValue)
                .sorted()
                .toArray();
        long window = TimeUnit.MILLISECONDS.toNanos(100);
        long most = Arrays.stream(moments)
                .map(from -> Arrays.stream(moments)
                        .filter(moment -> moment - from >= 0 && moment - from < window)
                        .count())
                .max()
                .orElse(0);
        return moments.length == 0 ? 100 : 100.0 * most / moments.length;
    }
}
