package io.rpcboot.client;

import io.rpcboot.CallListener;
import io.rpcboot.CallOptions;
import io.rpcboot.Endpoint;
import io.rpcboot.Interceptor;
import io.rpcboot.Invoker;
import io.rpcboot.balance.EjectionOptions;
import io.rpcboot.balance.LoadBalancer;
import io.rpcboot.balance.PeakEwma;
import io.rpcboot.contract.Caller;
import io.rpcboot.contract.GenericChannel;
import io.rpcboot.contract.ServiceContract;
import io.rpcboot.naming.EndpointResolver;
import io.rpcboot.naming.FixedEndpoints;
import io.rpcboot.transport.Identity;
import io.rpcboot.transport.MprpcService;
import io.rpcboot.transport.Transport;
import io.rpcboot.transport.WorkerThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Gives out clients of services. All clients share connections, one per endpoint, and each service is watched once. Opens nothing before the
 * first call. Safe for use by many threads.
 */
public final class RpcClient implements AutoCloseable {

    private static final int CALLBACK_THREADS = 200;

    private final Builder settings;
    private final ConnectionPool pool;
    private final @Nullable ExecutorService ownCallbacks;
    private final Executor callbacks;
    private final CallListener listener;
    private final Map<String, ServiceCalls> services = new ConcurrentHashMap<>();
    private final GenericChannel channel = GenericChannel.over(contract -> caller(contract, ReferenceOptions.NONE));
    private volatile boolean closed;

    private RpcClient(Builder settings) {
        this.settings = settings;
        this.listener = CallListener.all(settings.listeners);
        Identity identity = settings.identity();
        this.pool = new ConnectionPool(
                settings.transport, endpoint -> settings.transport.connect(endpoint, identity), settings.connections);
        if (settings.callbackExecutor != null) {
            this.callbacks = settings.callbackExecutor;
            this.ownCallbacks = null;
        } else {
            this.ownCallbacks = WorkerThreads.platform(CALLBACK_THREADS, "rpc-callback");
            this.callbacks = ownCallbacks;
        }
    }

    /** Starts a client whose connections run on this transport, which it does not close. */
    public static Builder builder(Transport transport) {
        return new Builder(transport);
    }

    /** As {@link #client(Class, ReferenceOptions)} with no options. */
    public <T> T client(Class<T> generatedInterface) {
        return client(generatedInterface, ReferenceOptions.NONE);
    }

    /**
     * A client of a service. Costs little; may be asked for often.
     *
     * @param generatedInterface the blocking or the asynchronous interface
     * @throws IllegalArgumentException if the type is not one that was generated from a contract, if a timeout is too long, if a method is
     *     to be hedged that is not safe to repeat, or if a hash key is to come from a field that there is not
     * @throws IllegalStateException if this client is closed
     */
    public <T> T client(Class<T> generatedInterface, ReferenceOptions options) {
        ServiceContract<?, ?> contract = ServiceContract.of(generatedInterface)
                .orElseThrow(() -> new IllegalArgumentException(generatedInterface.getName()
                        + " is not an interface that protoc-gen-rpc generated from a service of a .proto, nor the Interface or"
                        + " BlockingInterface of one with java_generic_services"));
        Caller caller = caller(contract, options);
        Object client = generatedInterface == contract.blockingType()
                ? contract.blockingClient(caller)
                : contract.asyncClient(caller);
        return generatedInterface.cast(client);
    }

    /**
     * The channel for stubs of any service that protoc generated under {@code java_generic_services}: {@code X.newStub(client.channel())} and
     * {@code X.newBlockingStub(client.channel())}. Always the same one.
     */
    public GenericChannel channel() {
        return channel;
    }

    private Caller caller(ServiceContract<?, ?> contract, ReferenceOptions options) {
        ServiceOptions service = settings.serviceOptions(contract.name());
        HedgingInvoker.check(contract, service);
        RequestField.check(contract, service);
        Timeouts timeouts = new Timeouts(contract, service, options, settings.timeout, settings.longestTimeout);
        return new ClientCaller(calls(contract.name()).chain, timeouts, callbacks, listener, CallOptions.NONE);
    }

    /** The endpoints that naming knows now for the service, ready or not. */
    public List<Endpoint> endpoints(String service) {
        return calls(service).balanced.endpoints();
    }

    /** Waits until naming knows a ready endpoint for the service; false if it knows none within this time. */
    public boolean awaitEndpoint(String service, Duration atMost) throws InterruptedException {
        ServiceCalls calls = calls(service);
        long end = System.nanoTime() + atMost.toNanos();
        while (!calls.balanced.hasReadyEndpoint()) {
            if (System.nanoTime() - end >= 0) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
        return true;
    }

    private ServiceCalls calls(String service) {
        if (closed) {
            throw new IllegalStateException("the RpcClient is closed");
        }
        return services.computeIfAbsent(service, this::open);
    }

    private ServiceCalls open(String service) {
        ServiceOptions options = settings.serviceOptions(service);
        Supplier<LoadBalancer> balancer =
                options.loadBalancer() == null ? settings.loadBalancer : options.loadBalancer();
        MprpcService mprpc = options.mprpc() == null ? null : options.mprpc().named(service);
        EndpointResolver resolver = options.addresses().isEmpty()
                ? settings.resolver(mprpc)
                : FixedEndpoints.of(options.addresses().toArray(Endpoint[]::new));
        String tag = options.tag() == null ? settings.tag : options.tag();
        Routing routing = new Routing(options.version(), options.group(), settings.zone, tag);
        CallPolicies policies = new CallPolicies(options, settings.retry);
        ConnectionPool servicePool = mprpc == null ? pool : mprpcPool(mprpc);
        BalancedInvoker balanced = new BalancedInvoker(
                service,
                balancer.get(),
                servicePool,
                routing,
                new BalancingOptions(settings.retry, settings.ejection, settings.waiting),
                policies,
                resolver,
                settings.transport);
        Invoker last = policies.anyHedged() ? new HedgingInvoker(balanced, policies, settings.transport) : balanced;
        List<Interceptor> interceptors = new ArrayList<>(settings.interceptors);
        interceptors.addAll(options.interceptors());
        return new ServiceCalls(servicePool, balanced, Interceptor.chain(interceptors, last));
    }

    /** Providers of one service are called in its own way, so that no two share a link. */
    private ConnectionPool mprpcPool(MprpcService service) {
        return new ConnectionPool(
                settings.transport,
                endpoint -> CompletableFuture.completedFuture(settings.transport.mprpc(endpoint, service)),
                settings.connections.withPerEndpoint(1));
    }

    /** Closes the connections; calls under way fail. */
    @Override
    public void close() {
        closed = true;
        services.values().forEach(calls -> calls.balanced.close());
        pool.close();
        services.values().forEach(calls -> calls.pool.close());
        if (ownCallbacks != null) {
            ownCallbacks.shutdown();
        }
    }

    private record ServiceCalls(ConnectionPool pool, BalancedInvoker balanced, Invoker chain) {}

    /** Settings of a client. Not safe for use by many threads. */
    public static final class Builder {

        private final Transport transport;
        private final Map<String, ServiceOptions> services = new HashMap<>();
        private Function<String, ServiceOptions> otherServices = service -> ServiceOptions.NONE;
        private final List<Interceptor> interceptors = new ArrayList<>();
        private final List<CallListener> listeners = new ArrayList<>();
        private String application = "";
        private long incarnation;
        private String zone = "";
        private String tag = "";
        private EndpointResolver resolver = FixedEndpoints.of();
        private EndpointResolver mprpcResolver = FixedEndpoints.of();
        private Supplier<LoadBalancer> loadBalancer = PeakEwma::new;
        private Duration timeout = Duration.ofSeconds(1);
        private Duration longestTimeout = Duration.ofSeconds(60);
        private RetryOptions retry = RetryOptions.DEFAULT;
        private EjectionOptions ejection = EjectionOptions.DEFAULT;
        private WaitingOptions waiting = WaitingOptions.DEFAULT;
        private ConnectionOptions connections = ConnectionOptions.DEFAULT;
        private @Nullable Executor callbackExecutor;

        private Builder(Transport transport) {
            this.transport = transport;
        }

        /** Name that servers see. */
        public Builder application(String value) {
            application = value;
            return this;
        }

        /** Random number of this process that servers see; by default one is drawn. */
        public Builder incarnation(long value) {
            incarnation = value;
            return this;
        }

        /** Where this client runs: endpoints of the same zone are preferred. Empty, the default, for no preference. */
        public Builder zone(String value) {
            zone = value;
            return this;
        }

        /**
         * Tag of the endpoints to call, where the service's options and the call say nothing. Empty, the default, for those without one; those
         * also serve a tag that no endpoint has.
         */
        public Builder tag(String value) {
            tag = value;
            return this;
        }

        /** Finds endpoints; by default none are found. */
        public Builder resolver(EndpointResolver value) {
            resolver = value;
            return this;
        }

        /** Finds the providers of services that speak mprpc, by the name that these have for the service; by default none are found. */
        public Builder mprpcResolver(EndpointResolver value) {
            mprpcResolver = value;
            return this;
        }

        /** Makes the balancer of each service; {@link PeakEwma} by default. */
        public Builder loadBalancer(Supplier<LoadBalancer> value) {
            loadBalancer = value;
            return this;
        }

        /** Time for a call where nothing else says so; 1 s by default. */
        public Builder timeout(Duration value) {
            timeout = value;
            return this;
        }

        /** No call may be given more time than this, so that none waits for ever; 60 s by default. */
        public Builder longestTimeout(Duration value) {
            longestTimeout = value;
            return this;
        }

        /** When failed calls are sent again. */
        public Builder retry(RetryOptions value) {
            retry = value;
            return this;
        }

        /** When endpoints are left out because their calls fail. */
        public Builder ejection(EjectionOptions value) {
            ejection = value;
            return this;
        }

        /** How many calls of a service wait while no connection can take one. */
        public Builder waiting(WaitingOptions value) {
            waiting = value;
            return this;
        }

        /** How many connections there are to each endpoint, and how soon lost ones are opened again. */
        public Builder connections(ConnectionOptions value) {
            connections = value;
            return this;
        }

        /**
         * Where the results of asynchronous calls are completed; by default on threads of the client's own. With {@code Runnable::run} that is
         * the event loop: fastest, but what depends on the result must then not block.
         */
        public Builder callbackExecutor(Executor value) {
            callbackExecutor = value;
            return this;
        }

        /** Adds an interceptor for all services, inside those added before. */
        public Builder interceptor(Interceptor value) {
            interceptors.add(value);
            return this;
        }

        /** Has the listener told of the end of every call. */
        public Builder callListener(CallListener value) {
            listeners.add(value);
            return this;
        }

        /** Sets the options of one service, by its full name. */
        public Builder service(String fullName, ServiceOptions options) {
            services.put(fullName, options);
            return this;
        }

        /** Finds the options of services that have none set here, by full name; asked when a client of the service is given out. */
        public Builder services(Function<String, ServiceOptions> options) {
            otherServices = options;
            return this;
        }

        public RpcClient build() {
            return new RpcClient(this);
        }

        private ServiceOptions serviceOptions(String service) {
            ServiceOptions set = services.get(service);
            return set == null ? otherServices.apply(service) : set;
        }

        private EndpointResolver resolver(@Nullable MprpcService mprpc) {
            return mprpc == null ? resolver : new MprpcProviders(mprpcResolver, mprpc.name());
        }

        private Identity identity() {
            return incarnation == 0 ? Identity.of(application) : new Identity(application, incarnation);
        }
    }
}
