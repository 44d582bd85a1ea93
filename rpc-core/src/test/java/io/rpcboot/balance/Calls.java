package io.rpcboot.balance;

import io.rpcboot.Cancellation;
import io.rpcboot.Deadline;
import io.rpcboot.Metadata;
import io.rpcboot.RpcCall;
import io.rpcboot.test.ProbeContract;
import io.rpcboot.test.ProbeService;
import java.time.Duration;

/** Calls to balance. */
final class Calls {

    static final RpcCall ANY = RpcCall.unary(
            ProbeContract.ECHO,
            ProbeService.text("hi"),
            Metadata.EMPTY,
            Deadline.after(Duration.ofSeconds(1)),
            new Cancellation());

    private Calls() {}

    static RpcCall withKey(String key) {
        return ANY.withHashKey(key);
    }
}
