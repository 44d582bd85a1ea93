package io.rpcboot.client;

import io.rpcboot.Endpoint;
import io.rpcboot.Interceptor;
import io.rpcboot.balance.LoadBalancer;
import io.rpcboot.transport.MprpcService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How a client calls one service; what is null is left to the reference and the client. Immutable.
 *
 * @param timeout time for a call of any method
 * @param retries attempts beyond the first, where sending again is safe
 * @param hashKey makes the key for balancers that hash
 * @param methods options of single methods, by the name in the contract
 * @param addresses fixed endpoints; empty to ask the resolver
 * @param loadBalancer makes the balancer of this service
 * @param version only endpoints of this version are called; empty for any
 * @param group only endpoints of this group are called; empty for any
 * @param tag endpoints with this tag are called, and those without a tag while there is none; empty for those without a tag
 * @param interceptors run after the client's, in this order
 * @param mprpc how the providers are called if they speak mprpc; null if they speak this framework's protocol
 */
public record ServiceOptions(
        @Nullable Duration timeout,
        @Nullable Integer retries,
        @Nullable HashKey hashKey,
        Map<String, MethodOptions> methods,
        List<Endpoint> addresses,
        @Nullable Supplier<LoadBalancer> loadBalancer,
        String version,
        String group,
        @Nullable String tag,
        List<Interceptor> interceptors,
        @Nullable MprpcService mprpc) {

    public static final ServiceOptions NONE = builder().build();

    public ServiceOptions {
        checkRetries(retries);
        methods = Map.copyOf(methods);
        addresses = List.copyOf(addresses);
        interceptors = List.copyOf(interceptors);
    }

    static void checkRetries(@Nullable Integer retries) {
        if (retries != null && retries < 0) {
            throw new IllegalArgumentException("retries: " + retries + " (expected: 0 or more)");
        }
    }

    public static Builder builder() {
        return new Builder();
    }

    /** A builder that holds these options. */
    public Builder toBuilder() {
        Builder builder = builder()
                .timeout(timeout)
                .retries(retries)
                .hashKey(hashKey)
                .methods(methods)
                .addresses(addresses)
                .loadBalancer(loadBalancer)
                .version(version)
                .group(group)
                .tag(tag)
                .mprpc(mprpc);
        interceptors.forEach(builder::interceptor);
        return builder;
    }

    /** Options of the method of this name. */
    MethodOptions method(String name) {
        return methods.getOrDefault(name, MethodOptions.NONE);
    }

    /** Puts options together; what is not said is as in {@link ServiceOptions#NONE}. Not safe for use by many threads. */
    public static final class Builder {

        private Map<String, MethodOptions> methods = new HashMap<>();
        private final List<Interceptor> interceptors = new ArrayList<>();
        private @Nullable Duration timeout;
        private @Nullable Integer retries;
        private @Nullable HashKey hashKey;
        private List<Endpoint> addresses = List.of();
        private @Nullable Supplier<LoadBalancer> loadBalancer;
        private String version = "";
        private String group = "";
        private @Nullable String tag;
        private @Nullable MprpcService mprpc;

        private Builder() {}

        public Builder timeout(@Nullable Duration value) {
            timeout = value;
            return this;
        }

        public Builder retries(@Nullable Integer value) {
            retries = value;
            return this;
        }

        public Builder hashKey(@Nullable HashKey value) {
            hashKey = value;
            return this;
        }

        /** Sets the options of all methods that have any, by the name in the contract. */
        public Builder methods(Map<String, MethodOptions> value) {
            methods = new HashMap<>(value);
            return this;
        }

        /** Sets the options of one method, by the name in the contract. */
        public Builder method(String name, MethodOptions options) {
            methods.put(name, options);
            return this;
        }

        public Builder addresses(List<Endpoint> value) {
            addresses = value;
            return this;
        }

        public Builder loadBalancer(@Nullable Supplier<LoadBalancer> value) {
            loadBalancer = value;
            return this;
        }

        public Builder version(String value) {
            version = value;
            return this;
        }

        public Builder group(String value) {
            group = value;
            return this;
        }

        public Builder tag(@Nullable String value) {
            tag = value;
            return this;
        }

        /**
         * Says that the providers speak mprpc, the protocol of the C++ framework from which this one grew. Null, the default, says that they speak
         * this one's.
         */
        public Builder mprpc(@Nullable MprpcService value) {
            mprpc = value;
            return this;
        }

        /** Adds an interceptor inside those added before. */
        public Builder interceptor(Interceptor value) {
            interceptors.add(value);
            return this;
        }

        public ServiceOptions build() {
            return new ServiceOptions(
                    timeout,
                    retries,
                    hashKey,
                    methods,
                    addresses,
                    loadBalancer,
                    version,
                    group,
                    tag,
                    interceptors,
                    mprpc);
        }
    }
}
