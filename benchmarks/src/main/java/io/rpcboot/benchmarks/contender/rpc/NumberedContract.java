package io.rpcboot.benchmarks.contender.rpc;

import io.rpcboot.Idempotency;
import io.rpcboot.MethodKind;
import io.rpcboot.contract.Caller;
import io.rpcboot.contract.MethodContract;
import io.rpcboot.contract.ServiceBinding;
import io.rpcboot.contract.ServiceContract;
import io.rpcboot.demo.proto.Echo;
import io.rpcboot.demo.proto.EchoRequest;
import io.rpcboot.demo.proto.EchoResponse;
import io.rpcboot.demo.proto.EchoService;
import io.rpcboot.demo.proto.EchoServiceAsync;
import java.util.List;

/** One of many services that a server offers beside those that are called. */
final class NumberedContract extends ServiceContract<EchoService, EchoServiceAsync> {

    NumberedContract(int number) {
        this("demo.EchoService" + number);
    }

    private NumberedContract(String name) {
        super(
                name,
                EchoService.class,
                EchoServiceAsync.class,
                Echo.getDescriptor(),
                List.of(new MethodContract<>(
                        name,
                        "Echo",
                        MethodKind.UNARY,
                        Idempotency.NO_SIDE_EFFECTS,
                        EchoRequest.parser(),
                        EchoResponse.parser())));
    }

    @Override
    @SuppressWarnings("unchecked") // The only method there is.
    public ServiceBinding bind(EchoService service) {
        return ServiceBinding.of(this)
                .unary((MethodContract<EchoRequest, EchoResponse>) methods().get(0), service::echo)
                .build();
    }

    @Override
    public ServiceBinding bindAsync(EchoServiceAsync service) {
        throw new UnsupportedOperationException("not measured");
    }

    @Override
    public EchoService blockingClient(Caller caller) {
        throw new UnsupportedOperationException("not measured");
    }

    @Override
    public EchoServiceAsync asyncClient(Caller caller) {
        throw new UnsupportedOperationException("not measured");
    }
}
