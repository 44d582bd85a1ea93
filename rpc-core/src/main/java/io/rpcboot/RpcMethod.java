package io.rpcboot;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;

/** The method a call is for, as both sides know it. Implementations are immutable, and one object stands for one method. */
public interface RpcMethod {

    /** Full name of the service, with its proto package: {@code demo.UserService}. */
    String service();

    /** Name of the method as the contract spells it: {@code Login}. */
    String name();

    MethodKind kind();

    Idempotency idempotency();

    Parser<? extends MessageLite> requestParser();

    Parser<? extends MessageLite> replyParser();

    /** Service and method as messages, logs and metrics name them: {@code demo.UserService/Login}. */
    default String fullName() {
        return service() + '/' + name();
    }
}
