package io.rpcboot.server;

import com.google.protobuf.BlockingService;
import com.google.protobuf.Service;
import io.rpcboot.CallGate;
import io.rpcboot.CallListener;
import io.rpcboot.Endpoint;
import io.rpcboot.EndpointStatus;
import io.rpcboot.Interceptor;
import io.rpcboot.contract.DescriptorSet;
import io.rpcboot.contract.ServiceBinding;
import io.rpcboot.contract.ServiceContract;
import io.rpcboot.naming.EndpointAnnouncer;
import io.rpcboot.naming.EndpointAnnouncer.Announcement;
import io.rpcboot.naming.Offer;
import io.rpcboot.transport.Identity;
import io.rpcboot.transport.Listener;
import io.rpcboot.transport.MprpcOptions;
import io.rpcboot.transport.ServerLimits;
import io.rpcboot.transport.Transport;
import io.rpcboot.transport.WorkerThreads;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers services on a port. Started once and stopped once: bind, announce, serve, drain, close. Safe for use by many threads.
 */
public final class RpcServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RpcServer.class);

    private static final int WORKER_THREADS = 200;
    private static final Duration GRACE_ON_CLOSE = Duration.ofSeconds(20);

    private final Builder settings;
    private final ServedMethods methods;
    private final ExecutorService workers;
    private final Admission admission;
    private final List<Announcement> announcements = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private volatile @Nullable Listener listener;
    private volatile boolean stopping;

    private RpcServer(Builder settings) {
        this.settings = settings;
        this.methods = new ServedMethods(
                new FailureMapping(settings.exceptionMappers, settings.exposeErrorText),
                CallListener.all(settings.listeners),
                settings.version,
                settings.group);
        this.workers =
                settings.workers == null ? WorkerThreads.platform(WORKER_THREADS, "rpc-worker") : settings.workers;
        this.admission = new Admission(workers, settings.servicesOnWorkers(), settings.admission);
        settings.services.forEach((binding, options) -> methods.add(
                binding,
                options,
                admission.queue(binding.contract().name(), options),
                settings.interceptors,
                settings.gates));
        if (settings.mprpc != null) {
            settings.services.forEach((binding, options) -> methods.mprpcName(
                    binding.contract().name(),
                    options.mprpcName(binding.contract().name())));
        }
    }

    /** Starts a server whose connections run on this transport, which it does not close. */
    public static Builder builder(Transport transport) {
        return new Builder(transport);
    }

    /**
     * Binds the address and serves.
     *
     * @throws BindFailedException if the address cannot be bound
     * @throws IllegalStateException if the server was started before
     */
    public synchronized void start() {
        if (listener != null || stopping) {
            throw new IllegalStateException("an RpcServer is started once");
        }
        try {
            listener = settings.transport.listen(
                    settings.address,
                    settings.identity(),
                    methods,
                    new Dispatcher(methods),
                    settings.limits,
                    settings.mprpc);
        } catch (IOException e) {
            throw new BindFailedException(settings.address.getHostString(), settings.address.getPort(), e);
        }
        log.info("RPC server listens on {}:{}, services {}", settings.address.getHostString(), port(), serviceNames());
    }

    /**
     * The port that is bound.
     *
     * @throws IllegalStateException unless the server runs
     */
    public int port() {
        return running().port();
    }

    public boolean isRunning() {
        return listener != null && !stopping;
    }

    /**
     * Whether no call is under way on any connection: all have their answers, and the answers are with the sockets.
     *
     * @throws IllegalStateException unless the server runs
     */
    public CompletableFuture<Boolean> isIdle() {
        return running().isIdle();
    }

    /** Full names of the services offered, in the order they were added. */
    public List<String> serviceNames() {
        return settings.services.keySet().stream()
                .map(binding -> binding.contract().name())
                .toList();
    }

    /**
     * Announces the services at this endpoint, and keeps them announced until the server stops.
     *
     * @throws IllegalArgumentException if the announcer cannot announce that
     * @throws IllegalStateException unless the server runs: nothing is announced before it listens
     */
    public void announce(EndpointAnnouncer announcer, Endpoint endpoint) {
        running();
        List<Offer.Service> services = new ArrayList<>();
        settings.services.forEach((binding, options) -> {
            String name = binding.contract().name();
            DescriptorSet contract = binding.contract().descriptorSet();
            String mprpcName = settings.mprpc == null ? "" : options.mprpcName(name);
            services.add(new Offer.Service(name, contract.fingerprint(), contract.bytes(), mprpcName));
        });
        Announcement announcement = announcer.announce(new Offer(endpoint, services));
        announcements.add(announcement);
        if (!isRunning()) {
            // The server was stopped meanwhile, and may have withdrawn the others already.
            announcement.withdraw(settings.drain.withdrawAtMost());
        }
    }

    /** Tells callers, over their connections and through naming, whether to send new calls. What comes is served either way. */
    public void readiness(boolean ready) {
        Listener open = running();
        if (ready) {
            open.ready();
        } else {
            open.drain();
        }
        announcements.forEach(one -> one.status(ready ? EndpointStatus.READY : EndpointStatus.NOT_READY));
    }

    /** How things stand with each announcer. */
    public List<EndpointAnnouncer.State> announcements() {
        return announcements.stream().map(Announcement::state).toList();
    }

    /**
     * Stops without losing a call: withdraws from naming and asks callers to go, both at once; answers what still comes; lets running calls
     * finish within the grace period; closes. Returns when all is closed, also to those who ask while another thread stops the server.
     */
    public void stop(Duration grace) {
        boolean others;
        Listener open;
        synchronized (this) {
            others = stopping;
            open = listener;
            stopping = true;
        }
        if (others) {
            stopped.join();
            return;
        }
        try {
            if (open == null) {
                workers.shutdown();
            } else {
                drainAndClose(open, grace);
            }
        } finally {
            stopped.complete(null);
        }
    }

    private void drainAndClose(Listener open, Duration grace) {
        long end = System.nanoTime() + grace.toNanos();
        CompletableFuture<Void> withdrawn = withdraw();
        try {
            if (!new Drain(open, settings.drain, withdrawn).run(grace)) {
                log.warn("RPC server: calls still run after the grace period of {}; closing their connections", grace);
            }
            withdrawn.join();
            open.close();
        } finally {
            closeWorkers(end);
        }
        log.info("RPC server stopped");
    }

    private CompletableFuture<Void> withdraw() {
        return CompletableFuture.allOf(announcements.stream()
                .map(one -> CompletableFuture.runAsync(
                        () -> one.withdraw(settings.drain.withdrawAtMost()), RpcServer::onOwnThread))
                .toArray(CompletableFuture[]::new));
    }

    private static void onOwnThread(Runnable task) {
        Thread thread = new Thread(task, "rpc-withdraw");
        thread.setDaemon(true);
        thread.start();
    }

    private void closeWorkers(long end) {
        admission.close();
        workers.shutdown();
        try {
            if (!workers.awaitTermination(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                dropUnstarted();
            }
        } catch (InterruptedException e) {
            dropUnstarted();
            Thread.currentThread().interrupt();
        }
    }

    private void dropUnstarted() {
        workers.shutdownNow();
        admission.close();
    }

    private Listener running() {
        Listener open = listener;
        if (open == null || stopping) {
            throw new IllegalStateException("the RpcServer is " + (stopping ? "stopped" : "not started"));
        }
        return open;
    }

    /** Waits until the server has stopped: for a {@code main} that has nothing else to do. Returns at once if it does not run. */
    public void join() throws InterruptedException {
        if (listener == null) {
            return;
        }
        try {
            stopped.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a stop always ends", e);
        }
    }

    /** Stops with a grace period of 20 s. */
    @Override
    public void close() {
        stop(GRACE_ON_CLOSE);
    }

    /** Settings of a server. Not safe for use by many threads. */
    public static final class Builder {

        private final Transport transport;
        private final Map<ServiceBinding, ServiceOptions> services = new LinkedHashMap<>();
        private final List<Interceptor> interceptors = new ArrayList<>();
        private final List<CallGate> gates = new ArrayList<>();
        private final List<CallListener> listeners = new ArrayList<>();
        private final List<ExceptionMapper> exceptionMappers = new ArrayList<>();
        private String application = "";
        private long incarnation;
        private String version = "";
        private String group = "";
        private InetSocketAddress address = new InetSocketAddress(8000);
        private @Nullable ExecutorService workers;
        private boolean exposeErrorText;
        private AdmissionOptions admission = AdmissionOptions.DEFAULT;
        private DrainOptions drain = DrainOptions.DEFAULT;
        private ServerLimits limits = ServerLimits.defaults();
        private @Nullable MprpcOptions mprpc;

        private Builder(Transport transport) {
            this.transport = transport;
        }

        /** Name that callers see. */
        public Builder application(String value) {
            application = value;
            return this;
        }

        /** Random number of this process that callers see; by default one is drawn. */
        public Builder incarnation(long value) {
            incarnation = value;
            return this;
        }

        /** Version of the services; calls that ask for another one are refused. Empty, the default, for none. */
        public Builder version(String value) {
            version = value;
            return this;
        }

        /** Group of the services; calls that ask for another one are refused. Empty, the default, for none. */
        public Builder group(String value) {
            group = value;
            return this;
        }

        /** Where to listen; port 0 takes a free one. Port 8000 on all addresses by default. */
        public Builder address(InetSocketAddress value) {
            address = value;
            return this;
        }

        /** Runs user code. The server owns it and shuts it down after the drain. By default 200 threads. How many there are is known of
         * {@link WorkerThreads} and of a {@link java.util.concurrent.ThreadPoolExecutor}; with another one, a service has a share only where its options say so. */
        public Builder workers(ExecutorService value) {
            workers = value;
            return this;
        }

        public Builder service(ServiceBinding binding) {
            return service(binding, ServiceOptions.DEFAULT);
        }

        /** Offers one of protobuf's own services, such as a subclass of the class generated under {@code java_generic_services}. */
        public Builder service(Service service) {
            return service(ServiceContract.of(service).bindAsync(service));
        }

        /** As {@link #service(Service)}, for a blocking service. */
        public Builder service(BlockingService service) {
            return service(ServiceContract.of(service).bind(service));
        }

        public Builder service(ServiceBinding binding, ServiceOptions options) {
            services.put(binding, options);
            return this;
        }

        /** Adds an interceptor for all services, inside those added before. */
        public Builder interceptor(Interceptor value) {
            interceptors.add(value);
            return this;
        }

        /** Has the listener told of the end of every call whose method or interceptors were started. */
        public Builder callListener(CallListener value) {
            listeners.add(value);
            return this;
        }

        /** Adds a gate for all services, checked after those added before. */
        public Builder gate(CallGate value) {
            gates.add(value);
            return this;
        }

        /** Adds a mapper, asked after those added before. */
        public Builder exceptionMapper(ExceptionMapper value) {
            exceptionMappers.add(value);
            return this;
        }

        /** Whether callers see the text of exceptions that no mapper knows. They do not by default. */
        public Builder exposeErrorText(boolean value) {
            exposeErrorText = value;
            return this;
        }

        /** When calls are refused because they wait too long for a worker. */
        public Builder admission(AdmissionOptions value) {
            admission = value;
            return this;
        }

        /** How the server takes leave of its callers when it stops. */
        public Builder drain(DrainOptions value) {
            drain = value;
            return this;
        }

        /** What callers may claim of this process. */
        public Builder limits(ServerLimits value) {
            limits = value;
            return this;
        }

        /** Serves callers that speak mprpc as well, on the same port. They are not served by default. */
        public Builder mprpc(MprpcOptions value) {
            mprpc = value;
            return this;
        }

        /**
         * The server, not yet started.
         *
         * @throws IllegalArgumentException if two bindings are for the same service, or callers that speak mprpc would know them by the same name
         */
        public RpcServer build() {
            return new RpcServer(this);
        }

        private int servicesOnWorkers() {
            return (int) services.values().stream()
                    .filter(service -> service.execution() == Execution.WORKER)
                    .count();
        }

        private Identity identity() {
            return incarnation == 0 ? Identity.of(application) : new Identity(application, incarnation);
        }
    }
}
