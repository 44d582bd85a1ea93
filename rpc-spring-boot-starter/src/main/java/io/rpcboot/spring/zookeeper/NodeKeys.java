package io.rpcboot.spring.zookeeper;

/** The metadata keys of an endpoint's node; all values are strings. */
final class NodeKeys {

    /** {@code name=fingerprint}, joined by commas. */
    static final String SERVICES = "rpc.services";

    static final String VERSION = "rpc.version";
    static final String GROUP = "rpc.group";
    static final String WEIGHT = "rpc.weight";
    static final String ZONE = "rpc.zone";
    static final String TAG = "rpc.tag";
    /** ISO 8601 with milliseconds at most. */
    static final String STARTED_AT = "rpc.started-at";
    /** Up to 16 hex digits. */
    static final String INCARNATION = "rpc.incarnation";
    /** A constant of {@link io.rpcboot.EndpointStatus}. */
    static final String STATUS = "rpc.status";

    /** Spring Cloud's own word for the status. */
    static final String INSTANCE_STATUS = "instance_status";

    static final String UP = "UP";
    static final String OUT_OF_SERVICE = "OUT_OF_SERVICE";

    private NodeKeys() {}
}
