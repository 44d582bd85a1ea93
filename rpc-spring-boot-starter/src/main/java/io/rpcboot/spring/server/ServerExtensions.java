package io.rpcboot.spring.server;

import io.rpcboot.CallGate;
import io.rpcboot.Interceptor;
import io.rpcboot.server.ExceptionMapper;
import io.rpcboot.spring.RpcServerCallListener;
import io.rpcboot.spring.RpcServerCustomizer;
import io.rpcboot.spring.RpcServerInterceptor;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the application adds to its server, each list in the order of application. Immutable.
 *
 * @param interceptors for all services they apply to, the first one outermost
 * @param listeners told of the end of calls
 * @param gates asked before a call is decoded
 * @param mappers of exceptions; the first that knows an exception decides
 * @param customizers run last, over all the rest
 */
public record ServerExtensions(
        List<RpcServerInterceptor> interceptors,
        List<RpcServerCallListener> listeners,
        List<CallGate> gates,
        List<ExceptionMapper> mappers,
        List<RpcServerCustomizer> customizers) {

    public ServerExtensions {
        interceptors = List.copyOf(interceptors);
        listeners = List.copyOf(listeners);
        gates = List.copyOf(gates);
        mappers = List.copyOf(mappers);
        customizers = List.copyOf(customizers);
    }

    /** The interceptors of a service: those for all, then its own, none twice. */
    List<Interceptor> interceptors(String service, List<? extends Interceptor> own) {
        Stream<Interceptor> common =
                interceptors.stream().filter(one -> one.appliesTo(service)).map(Interceptor.class::cast);
        return Stream.concat(common, own.stream()).distinct().toList();
    }
}
