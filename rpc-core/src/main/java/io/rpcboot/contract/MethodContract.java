package io.rpcboot.contract;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.rpcboot.Idempotency;
import io.rpcboot.MethodKind;
import io.rpcboot.RpcMethod;

/**
 * One method of a contract, as generated from the {@code .proto}. Identity counts: one object stands for one method. Immutable.
 *
 * @param <Q> the request message
 * @param <R> the reply message
 */
public final class MethodContract<Q extends MessageLite, R extends MessageLite> implements RpcMethod {

    private final String service;
    private final String name;
    private final MethodKind kind;
    private final Idempotency idempotency;
    private final Parser<Q> requestParser;
    private final Parser<R> replyParser;

    public MethodContract(
            String service,
            String name,
            MethodKind kind,
            Idempotency idempotency,
            Parser<Q> requestParser,
            Parser<R> replyParser) {
        this.service = service;
        this.name = name;
        this.kind = kind;
        this.idempotency = idempotency;
        this.requestParser = requestParser;
        this.replyParser = replyParser;
    }

    @Override
    public String service() {
        return service;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public MethodKind kind() {
        return kind;
    }

    @Override
    public Idempotency idempotency() {
        return idempotency;
    }

    @Override
    public Parser<Q> requestParser() {
        return requestParser;
    }

    @Override
    public Parser<R> replyParser() {
        return replyParser;
    }

    @Override
    public String toString() {
        return fullName();
    }
}
