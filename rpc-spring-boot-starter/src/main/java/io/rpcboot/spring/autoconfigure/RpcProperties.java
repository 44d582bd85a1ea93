package io.rpcboot.spring.autoconfigure;

import io.rpcboot.Endpoint;
import io.rpcboot.transport.MprpcService;
import io.rpcboot.transport.TransportType;
import io.rpcboot.wire.MprpcHeaderSize;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * All that can be set under {@code rpc.}. Immutable.
 *
 * @param application Name of the application as other applications see it. The value of spring.application.name by default.
 * @param unknownKeys What happens when a key under "rpc." is unknown, most often because it is misspelt.
 * @param ext Keys of extensions; not looked at here.
 * @param transport Which interface of the operating system serves the connections; by default epoll where it works, else nio.
 * @param server The server, which starts when there is an @RpcService bean.
 * @param client The clients that @RpcReference injects.
 * @param registry Where services are announced and found.
 * @param metrics What is measured.
 */
@ConfigurationProperties("rpc")
public record RpcProperties(
        @Nullable String application,
        @DefaultValue("fail") UnknownKeyPolicy unknownKeys,
        @DefaultValue Map<String, String> ext,
        @DefaultValue("auto") TransportType transport,
        @DefaultValue Server server,
        @DefaultValue Client client,
        @DefaultValue Registry registry,
        @DefaultValue Metrics metrics) {

    /** What happens when a key is unknown. */
    public enum UnknownKeyPolicy {
        /** The application does not start. */
        FAIL,
        /** The application starts and logs a warning. */
        WARN
    }

    /** Which endpoint gets a call. */
    public enum LoadBalancing {
        /** The one of two drawn at random that replies sooner, by its latency of late and the calls under way. */
        PEAK_EWMA,
        /** The one of two drawn at random that has fewer calls under way. */
        LEAST_LOADED,
        /** One after the other. */
        ROUND_ROBIN,
        /** The same for all calls with the same hash key; calls without one go as with peak-ewma. */
        CONSISTENT_HASH
    }

    /**
     * The server.
     *
     * @param enabled Whether a server starts when there is an @RpcService bean.
     * @param port Port to listen on; 0 takes a free one, which is then found as local.rpc.port.
     * @param address Network address to bind; all addresses by default.
     * @param advertisedHost Host that callers are told to use; by default the bound address, or the first that is not loopback.
     * @param advertisedPort Port that callers are told to use; the bound one by default.
     * @param workerThreads Number of threads that run services. With virtual threads, the number of calls that run at once.
     * @param eventLoops Number of I/O threads; 0 for one per core.
     * @param maxMessageSize Largest request that is accepted.
     * @param maxMetadataSize Largest metadata that a request may carry.
     * @param maxHeaderSize Largest frame header that is accepted, metadata included; below 64KB.
     * @param exposeErrorText Whether callers see the message of an exception that no ExceptionMapper knows.
     * @param maxCallsPerConnection Calls that one connection may have under way.
     * @param maxUnansweredSizePerConnection Requests that one connection may have unanswered, in bytes; never less than one message.
     * @param maxUnansweredSize Requests that all connections together may have unanswered, in bytes; a sixteenth of the heap by default.
     * @param maxConnections Connections that may be open; further ones are closed at once.
     * @param maxConnectionsPerAddress Connections from one network address that may be open; further ones are closed at once.
     * @param firstFrameTimeout Time that a caller has for its first frame before its connection is closed.
     * @param frameTimeout Time that a frame may take from its first byte to its last, however slowly it comes.
     * @param minFrameRate Bytes a second that a frame must come at if it takes longer than rpc.server.frame-timeout.
     * @param silenceTimeout How long nothing may come from a caller before its connection is closed and its calls are cancelled; callers ask
     * for a sign of life every 10 s.
     * @param unwritableTimeout How long a caller may leave replies unread before its connection is closed.
     * @param maxPingsPerSecond Pings that a connection may bring in a second, counted over 10 s; more close it.
     * @param maxCancels Calls that a connection may cancel early within 10 s, beyond those that are answered; more close it.
     * @param maxUnknownMethods Calls of methods that do not exist that a connection may bring within 10 s, beyond those of methods that do; more
     * close it.
     * @param queue When calls are refused because they wait too long for a worker.
     * @param services Settings of single services, by full or short name.
     * @param shutdown How the server stops.
     * @param weight Share of the calls against other instances; 0 takes none.
     * @param version Version of the services offered, as told to callers.
     * @param group Group of the services offered, as told to callers.
     * @param zone Where this instance runs, as told to callers.
     * @param tag Only calls that ask for this tag come here; those without a tag by default.
     * @param checksum Whether replies carry a CRC32C.
     * @param mprpc How C++ callers are served that speak mprpc.
     */
    public record Server(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("8000") int port,
            @Nullable InetAddress address,
            @Nullable String advertisedHost,
            @Nullable Integer advertisedPort,
            @DefaultValue("200") int workerThreads,
            @DefaultValue("0") int eventLoops,
            @DefaultValue("4MB") DataSize maxMessageSize,
            @DefaultValue("8KB") DataSize maxMetadataSize,
            @DefaultValue("16KB") DataSize maxHeaderSize,
            @DefaultValue("false") boolean exposeErrorText,
            @DefaultValue("256") int maxCallsPerConnection,
            @DefaultValue("16MB") DataSize maxUnansweredSizePerConnection,
            @Nullable DataSize maxUnansweredSize,
            @DefaultValue("10000") int maxConnections,
            @DefaultValue("1000") int maxConnectionsPerAddress,
            @DefaultValue("3s") Duration firstFrameTimeout,
            @DefaultValue("10s") Duration frameTimeout,
            @DefaultValue("16KB") DataSize minFrameRate,
            @DefaultValue("30s") Duration silenceTimeout,
            @DefaultValue("10s") Duration unwritableTimeout,
            @DefaultValue("20") int maxPingsPerSecond,
            @DefaultValue("200") int maxCancels,
            @DefaultValue("100") int maxUnknownMethods,
            @DefaultValue Queue queue,
            @DefaultValue Map<String, Served> services,
            @DefaultValue Shutdown shutdown,
            @DefaultValue("100") int weight,
            @DefaultValue("") String version,
            @DefaultValue("") String group,
            @DefaultValue("") String zone,
            @DefaultValue("") String tag,
            @DefaultValue("false") boolean checksum,
            @DefaultValue ServerMprpc mprpc) {

        /** Idle callers give a sign of life every 10 s, and it may be a little late. */
        private static final Duration LEAST_SILENCE = Duration.ofSeconds(15);

        public Server {
            PropertyCheck.range("rpc.server.port", port, 0, 65535);
            if (advertisedPort != null) {
                PropertyCheck.range("rpc.server.advertised-port", advertisedPort, 1, 65535);
            }
            PropertyCheck.range("rpc.server.worker-threads", workerThreads, 1, Integer.MAX_VALUE);
            PropertyCheck.range("rpc.server.event-loops", eventLoops, 0, Integer.MAX_VALUE);
            PropertyCheck.range("rpc.server.weight", weight, 0, Integer.MAX_VALUE);
            PropertyCheck.limits("rpc.server", maxMessageSize, maxMetadataSize, maxHeaderSize);
            PropertyCheck.range("rpc.server.max-calls-per-connection", maxCallsPerConnection, 1, Integer.MAX_VALUE);
            PropertyCheck.range(
                    "rpc.server.max-unanswered-size-per-connection",
                    maxUnansweredSizePerConnection.toBytes(),
                    1,
                    Long.MAX_VALUE);
            if (maxUnansweredSize != null) {
                PropertyCheck.range("rpc.server.max-unanswered-size", maxUnansweredSize.toBytes(), 1, Long.MAX_VALUE);
            }
            PropertyCheck.range("rpc.server.max-connections", maxConnections, 1, Integer.MAX_VALUE);
            PropertyCheck.range(
                    "rpc.server.max-connections-per-address", maxConnectionsPerAddress, 1, Integer.MAX_VALUE);
            PropertyCheck.positive("rpc.server.first-frame-timeout", firstFrameTimeout);
            PropertyCheck.positive("rpc.server.frame-timeout", frameTimeout);
            PropertyCheck.range("rpc.server.min-frame-rate", minFrameRate.toBytes(), 1, Long.MAX_VALUE);
            PropertyCheck.atLeast("rpc.server.silence-timeout", silenceTimeout, LEAST_SILENCE);
            PropertyCheck.positive("rpc.server.unwritable-timeout", unwritableTimeout);
            PropertyCheck.range("rpc.server.max-pings-per-second", maxPingsPerSecond, 1, Integer.MAX_VALUE);
            PropertyCheck.range("rpc.server.max-cancels", maxCancels, 1, Integer.MAX_VALUE);
            PropertyCheck.range("rpc.server.max-unknown-methods", maxUnknownMethods, 1, Integer.MAX_VALUE);
            services.forEach((name, service) -> service.check("rpc.server.services[" + name + ']'));
        }
    }

    /**
     * When calls are refused because they wait too long for a worker.
     *
     * @param target Waiting time that is acceptable for good. Under overload, calls that would wait longer are refused.
     * @param interval How long waits must be above the target before that counts as overload and not as a burst.
     */
    public record Queue(
            @DefaultValue("20ms") Duration target,
            @DefaultValue("100ms") Duration interval) {

        public Queue {
            PropertyCheck.positive("rpc.server.queue.target", target);
            PropertyCheck.atLeast("rpc.server.queue.interval", interval, "rpc.server.queue.target", target);
        }
    }

    /**
     * How C++ callers are served that speak mprpc.
     *
     * @param enabled Whether they are served, on the port of all other callers.
     * @param maxReplySize Largest reply that they get; they read so much and take it for the whole.
     * @param timeout Time that a call may take, since these callers state none and wait for ever.
     * @param headerSize How they write the size of the header; callers that write it little-endian are served as well.
     */
    public record ServerMprpc(
            @DefaultValue("false") boolean enabled,
            @DefaultValue("1024B") DataSize maxReplySize,
            @DefaultValue("10s") Duration timeout,
            @DefaultValue("little-endian") MprpcHeaderSize headerSize) {

        public ServerMprpc {
            PropertyCheck.range("rpc.server.mprpc.max-reply-size", maxReplySize.toBytes(), 1, Integer.MAX_VALUE);
            PropertyCheck.positive("rpc.server.mprpc.timeout", timeout);
        }
    }

    /**
     * One service that is offered.
     *
     * @param maxConcurrentCalls Calls of the service that workers run at once; the rest waits.
     * @param mprpcEnabled Whether callers that speak mprpc may call it, where they are served at all.
     * @param mprpcName What callers that speak mprpc call it; its name without the package by default.
     */
    public record Served(
            @Nullable Integer maxConcurrentCalls,
            @DefaultValue("true") boolean mprpcEnabled,
            @Nullable String mprpcName) {

        void check(String key) {
            if (maxConcurrentCalls != null) {
                PropertyCheck.range(key + ".max-concurrent-calls", maxConcurrentCalls, 1, Integer.MAX_VALUE);
            }
        }
    }

    /**
     * How the server stops.
     *
     * @param gracePeriod Time that running calls get to finish. Keep it below spring.lifecycle.timeout-per-shutdown-phase.
     * @param withdrawTimeout How long the stop waits for the registry.
     * @param quietPeriod New calls are refused from when none has come for this long.
     * @param farewell And from this long after callers were asked to go.
     */
    public record Shutdown(
            @DefaultValue("20s") Duration gracePeriod,
            @DefaultValue("2s") Duration withdrawTimeout,
            @DefaultValue("2s") Duration quietPeriod,
            @DefaultValue("5s") Duration farewell) {

        public Shutdown {
            PropertyCheck.notNegative("rpc.server.shutdown.grace-period", gracePeriod);
            PropertyCheck.notNegative("rpc.server.shutdown.withdraw-timeout", withdrawTimeout);
            PropertyCheck.notNegative("rpc.server.shutdown.quiet-period", quietPeriod);
            PropertyCheck.notNegative("rpc.server.shutdown.farewell", farewell);
        }
    }

    /**
     * The clients.
     *
     * @param enabled Whether @RpcReference injects remote clients.
     * @param timeout Time that a call may take where nothing more specific is set.
     * @param maxTimeout No call may be given more time than this.
     * @param retries How often a failed call is sent again at most, where that is safe.
     * @param retry When failed calls are sent again.
     * @param connectTimeout Time that a connection may take to open.
     * @param loadBalancer Which endpoint gets a call.
     * @param ejection When endpoints are left out because their calls fail.
     * @param zone Where this application runs: endpoints of the same zone are preferred. The value of rpc.server.zone by default.
     * @param tag Tag of the endpoints that are called; those without a tag by default, which also serve a tag that no endpoint has.
     * @param connectionsPerEndpoint Number of connections to each endpoint.
     * @param reconnect When a lost connection is opened again.
     * @param keepalive How silence tells that an endpoint is gone.
     * @param waiting How many calls of a service wait while no connection can take one.
     * @param checksum Whether requests carry a CRC32C.
     * @param callbackThreads Number of threads that complete the results of asynchronous calls.
     * @param eventLoops Number of I/O threads; 0 for one per core.
     * @param maxMessageSize Largest reply that is accepted.
     * @param maxMetadataSize Largest metadata that a reply may carry.
     * @param maxHeaderSize Largest frame header that is accepted, metadata included; below 64KB.
     * @param services Settings of single services, by full or short name.
     */
    public record Client(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("1s") Duration timeout,
            @DefaultValue("60s") Duration maxTimeout,
            @DefaultValue("2") int retries,
            @DefaultValue Retry retry,
            @DefaultValue("1s") Duration connectTimeout,
            @DefaultValue("peak-ewma") LoadBalancing loadBalancer,
            @DefaultValue Ejection ejection,
            @Nullable String zone,
            @DefaultValue("") String tag,
            @DefaultValue("1") int connectionsPerEndpoint,
            @DefaultValue Reconnect reconnect,
            @DefaultValue Keepalive keepalive,
            @DefaultValue Waiting waiting,
            @DefaultValue("false") boolean checksum,
            @DefaultValue("200") int callbackThreads,
            @DefaultValue("0") int eventLoops,
            @DefaultValue("4MB") DataSize maxMessageSize,
            @DefaultValue("8KB") DataSize maxMetadataSize,
            @DefaultValue("16KB") DataSize maxHeaderSize,
            @DefaultValue Map<String, Service> services) {

        public Client {
            PropertyCheck.positive("rpc.client.timeout", timeout);
            PropertyCheck.atLeast("rpc.client.max-timeout", maxTimeout, "rpc.client.timeout", timeout);
            PropertyCheck.range("rpc.client.retries", retries, 0, Integer.MAX_VALUE);
            PropertyCheck.range("rpc.client.connections-per-endpoint", connectionsPerEndpoint, 1, Integer.MAX_VALUE);
            PropertyCheck.positive("rpc.client.connect-timeout", connectTimeout);
            PropertyCheck.range("rpc.client.callback-threads", callbackThreads, 1, Integer.MAX_VALUE);
            PropertyCheck.range("rpc.client.event-loops", eventLoops, 0, Integer.MAX_VALUE);
            PropertyCheck.limits("rpc.client", maxMessageSize, maxMetadataSize, maxHeaderSize);
            services.forEach((name, service) -> service.check("rpc.client.services[" + name + ']', maxTimeout));
        }
    }

    /**
     * When failed calls are sent again.
     *
     * @param budgetShare Repeated calls of a service as a share of its calls in the last 10 s, 0 to 1.
     * @param budgetPerSecond Repeated calls per second that are allowed besides.
     * @param firstPause Longest pause before the first repetition; doubled for each further one.
     * @param longestPause No pause is longer.
     */
    public record Retry(
            @DefaultValue("0.1") double budgetShare,
            @DefaultValue("3") double budgetPerSecond,
            @DefaultValue("10ms") Duration firstPause,
            @DefaultValue("250ms") Duration longestPause) {

        public Retry {
            PropertyCheck.share("rpc.client.retry.budget-share", budgetShare);
            PropertyCheck.notNegative("rpc.client.retry.budget-per-second", budgetPerSecond);
            PropertyCheck.positive("rpc.client.retry.first-pause", firstPause);
            PropertyCheck.atLeast(
                    "rpc.client.retry.longest-pause", longestPause, "rpc.client.retry.first-pause", firstPause);
        }
    }

    /**
     * When endpoints are left out because their calls fail.
     *
     * @param enabled Whether any is left out.
     * @param consecutiveFailures So many failures in a row.
     * @param successRate Or a smaller share of successes than this in the last 10 s, 0 to 1.
     * @param minimumCalls Number of calls for which the share counts.
     * @param refusing Or nothing but refusals for so long.
     * @param firstTime For how long the first time; doubled each time that the call to see whether it works again fails.
     * @param longestTime No time is longer.
     * @param panicThreshold While a smaller share of the endpoints would be left, 0 to 1, all are used.
     */
    public record Ejection(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("5") int consecutiveFailures,
            @DefaultValue("0.8") double successRate,
            @DefaultValue("20") int minimumCalls,
            @DefaultValue("1s") Duration refusing,
            @DefaultValue("1s") Duration firstTime,
            @DefaultValue("30s") Duration longestTime,
            @DefaultValue("0.5") double panicThreshold) {

        public Ejection {
            PropertyCheck.range("rpc.client.ejection.consecutive-failures", consecutiveFailures, 1, Integer.MAX_VALUE);
            PropertyCheck.share("rpc.client.ejection.success-rate", successRate);
            PropertyCheck.range("rpc.client.ejection.minimum-calls", minimumCalls, 1, Integer.MAX_VALUE);
            PropertyCheck.positive("rpc.client.ejection.refusing", refusing);
            PropertyCheck.positive("rpc.client.ejection.first-time", firstTime);
            PropertyCheck.atLeast(
                    "rpc.client.ejection.longest-time", longestTime, "rpc.client.ejection.first-time", firstTime);
            PropertyCheck.share("rpc.client.ejection.panic-threshold", panicThreshold);
        }
    }

    /**
     * When a lost connection is opened again.
     *
     * @param firstPause Pause before the first attempt; 1.6 times as long after each further failure.
     * @param longestPause No pause is longer.
     */
    public record Reconnect(
            @DefaultValue("100ms") Duration firstPause,
            @DefaultValue("10s") Duration longestPause) {

        public Reconnect {
            PropertyCheck.positive("rpc.client.reconnect.first-pause", firstPause);
            PropertyCheck.atLeast(
                    "rpc.client.reconnect.longest-pause", longestPause, "rpc.client.reconnect.first-pause", firstPause);
        }
    }

    /**
     * How silence tells that an endpoint is gone.
     *
     * @param pingAfter With calls waiting, an endpoint is asked after so long a silence.
     * @param suspectAfter With calls waiting, new calls go elsewhere after so long a silence.
     * @param closeAfter With calls waiting, or after the question to an idle endpoint, the connection is closed after so long a silence.
     * @param idlePingAfter Without calls, an endpoint is asked after so long a silence.
     */
    public record Keepalive(
            @DefaultValue("300ms") Duration pingAfter,
            @DefaultValue("700ms") Duration suspectAfter,
            @DefaultValue("3s") Duration closeAfter,
            @DefaultValue("10s") Duration idlePingAfter) {

        public Keepalive {
            String ping = "rpc.client.keepalive.ping-after";
            String suspect = "rpc.client.keepalive.suspect-after";
            PropertyCheck.positive(ping, pingAfter);
            PropertyCheck.atLeast(suspect, suspectAfter, ping, pingAfter);
            PropertyCheck.atLeast("rpc.client.keepalive.close-after", closeAfter, suspect, suspectAfter);
            PropertyCheck.atLeast("rpc.client.keepalive.idle-ping-after", idlePingAfter, ping, pingAfter);
        }
    }

    /**
     * How many calls of a service wait while no connection can take one.
     *
     * @param maxCalls Calls that wait at once; one more fails.
     * @param maxSize What their requests may have together, in bytes; a single one may have more.
     */
    public record Waiting(
            @DefaultValue("1000") int maxCalls,
            @DefaultValue("16MB") DataSize maxSize) {

        public Waiting {
            PropertyCheck.range("rpc.client.waiting.max-calls", maxCalls, 0, Integer.MAX_VALUE);
            PropertyCheck.range("rpc.client.waiting.max-size", maxSize.toBytes(), 0, Long.MAX_VALUE);
        }
    }

    /**
     * One service that is called.
     *
     * @param timeout Time that a call of any method may take.
     * @param retries How often a failed call is sent again at most, where that is safe.
     * @param hashKey Keeps calls together with consistent-hash: a field of the request, or "metadata:" and a key of the metadata.
     * @param addresses Where the service runs, as host:port; no registry is asked then.
     * @param application Name of the application that offers the service, where the registry's index is not to be asked.
     * @param loadBalancer Which endpoint gets a call.
     * @param version Only endpoints that offer this version are called; any by default.
     * @param group Only endpoints of this group are called; any by default.
     * @param tag Tag of the endpoints that are called.
     * @param check Whether the application fails to start while no endpoint is known.
     * @param protocol What its providers speak.
     * @param mprpc How its providers are called if they speak mprpc.
     * @param methods Settings of single methods, by name.
     */
    public record Service(
            @Nullable Duration timeout,
            @Nullable Integer retries,
            @Nullable String hashKey,
            @DefaultValue List<Endpoint> addresses,
            @Nullable String application,
            @Nullable LoadBalancing loadBalancer,
            @DefaultValue("") String version,
            @DefaultValue("") String group,
            @Nullable String tag,
            @DefaultValue("false") boolean check,
            @DefaultValue("rpc") Protocol protocol,
            @DefaultValue ServiceMprpc mprpc,
            @DefaultValue Map<String, Method> methods) {

        void check(String key, Duration maxTimeout) {
            PropertyCheck.timeout(key + ".timeout", timeout, maxTimeout);
            PropertyCheck.retries(key + ".retries", retries);
            mprpc.check(key, protocol);
            methods.forEach((name, method) -> method.check(key + ".methods." + name, maxTimeout));
        }
    }

    /** What the providers of a service speak. */
    public enum Protocol {
        /** The protocol of this framework. */
        RPC,
        /** That of the C++ framework from which this one grew. */
        MPRPC
    }

    /** What an empty reply of a provider that speaks mprpc is. */
    public enum EmptyReply {
        /** A failure, since a provider that dies looks the same. */
        FAIL,
        /** A message that has nothing set. */
        ACCEPT
    }

    /**
     * How the providers of a service are called that speak mprpc.
     *
     * @param name What they call the service; its name without the package by default.
     * @param headerSize How they read the size of the header.
     * @param maxRequestSize Largest request, header included; at most 66560B. What does not arrive at once they take in parts.
     */
    public record ServiceMprpc(
            @DefaultValue("") String name,
            @DefaultValue("little-endian") MprpcHeaderSize headerSize,
            @DefaultValue("1400B") DataSize maxRequestSize) {

        private static final ServiceMprpc UNSAID = new ServiceMprpc(
                "", MprpcHeaderSize.LITTLE_ENDIAN, DataSize.ofBytes(MprpcService.DEFAULT_REQUEST_BYTES));

        void check(String key, Protocol protocol) {
            if (protocol != Protocol.MPRPC && !equals(UNSAID)) {
                throw new InvalidPropertyException(key + ".protocol", "rpc", "mprpc, since " + key + ".mprpc is set");
            }
            PropertyCheck.range(
                    key + ".mprpc.max-request-size", maxRequestSize.toBytes(), 1, MprpcService.MAX_REQUEST_BYTES);
        }
    }

    /**
     * One method that is called.
     *
     * @param timeout Time that a call may take.
     * @param retries How often a failed call is sent again at most, where that is safe.
     * @param hedging Whether a call that takes longer than usual is sent a second time, to another endpoint; for methods that are safe to repeat.
     * @param hedgingDelay After which time a call is sent a second time; by default that in which 95 % of the method's calls were answered.
     * @param hashKey Keeps calls together with consistent-hash: a field of the request, or "metadata:" and a key of the metadata.
     * @param emptyReply What an empty reply is, of a provider that speaks mprpc.
     */
    public record Method(
            @Nullable Duration timeout,
            @Nullable Integer retries,
            @Nullable Boolean hedging,
            @Nullable Duration hedgingDelay,
            @Nullable String hashKey,
            @DefaultValue("fail") EmptyReply emptyReply) {

        void check(String key, Duration maxTimeout) {
            PropertyCheck.timeout(key + ".timeout", timeout, maxTimeout);
            PropertyCheck.retries(key + ".retries", retries);
            if (hedgingDelay != null) {
                PropertyCheck.positive(key + ".hedging-delay", hedgingDelay);
            }
        }
    }

    /**
     * Where services are announced and found.
     *
     * @param enabled Whether ZooKeeper is used; without it services are found by their addresses alone.
     * @param root Path under which all entries lie.
     * @param failFast Whether the application fails to start while the registry cannot be reached.
     * @param initialTimeout Time that the start waits for the registry and for services that must be there, and that first calls wait for it.
     * @param holdBack How long endpoints stay in the list when all or half of them disappear from the registry at once.
     * @param reconcileInterval Time between two looks whether the registry still shows what is announced.
     * @param reconnectSpread Longest random wait before the look that follows a lost connection to the registry.
     * @param snapshot Directory in which the last list of endpoints of each service is saved, for a start without the registry; none by default.
     * @param mprpc What is kept in the registry for mprpc peers.
     */
    public record Registry(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("/rpc") String root,
            @DefaultValue("false") boolean failFast,
            @DefaultValue("1s") Duration initialTimeout,
            @DefaultValue("15s") Duration holdBack,
            @DefaultValue("10s") Duration reconcileInterval,
            @DefaultValue("2s") Duration reconnectSpread,
            @Nullable String snapshot,
            @DefaultValue Mprpc mprpc) {

        public Registry {
            PropertyCheck.path("rpc.registry.root", root);
            PropertyCheck.notNegative("rpc.registry.initial-timeout", initialTimeout);
            PropertyCheck.notNegative("rpc.registry.hold-back", holdBack);
            PropertyCheck.positive("rpc.registry.reconcile-interval", reconcileInterval);
            PropertyCheck.notNegative("rpc.registry.reconnect-spread", reconnectSpread);
        }
    }

    /**
     * What is kept in the registry for mprpc peers.
     *
     * @param publish Whether the services are announced to mprpc peers as well, in nodes at the root of ZooKeeper.
     */
    public record Mprpc(@DefaultValue("false") boolean publish) {}

    /**
     * What is measured.
     *
     * @param enabled Whether calls are timed, as rpc.server and rpc.client.
     */
    public record Metrics(@DefaultValue("true") boolean enabled) {}
}
