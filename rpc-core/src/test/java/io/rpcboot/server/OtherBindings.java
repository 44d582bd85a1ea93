package io.rpcboot.server;

import io.rpcboot.contract.ServiceBinding;
import io.rpcboot.test.OtherContract;
import io.rpcboot.test.Text;
import java.util.function.UnaryOperator;

/** Bindings of the second test service. */
final class OtherBindings {

    private OtherBindings() {}

    static ServiceBinding other(UnaryOperator<Text> echo) {
        return OtherContract.INSTANCE.bind(echo::apply);
    }
}
