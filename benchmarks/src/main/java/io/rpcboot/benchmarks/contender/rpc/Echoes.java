package io.rpcboot.benchmarks.contender.rpc;

import io.rpcboot.benchmarks.contender.Messages;
import io.rpcboot.demo.proto.CountRequest;
import io.rpcboot.demo.proto.CountResponse;
import io.rpcboot.demo.proto.EchoRequest;
import io.rpcboot.demo.proto.EchoResponse;
import io.rpcboot.demo.proto.EchoService;

/** Answers at once. */
class Echoes implements EchoService {

    @Override
    public EchoResponse echo(EchoRequest request) {
        return Messages.echo(request);
    }

    @Override
    public CountResponse count(CountRequest request) {
        throw new UnsupportedOperationException("not measured");
    }
}
