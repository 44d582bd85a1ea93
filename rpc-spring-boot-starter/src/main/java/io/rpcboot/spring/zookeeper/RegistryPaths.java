package io.rpcboot.spring.zookeeper;

import org.apache.zookeeper.common.PathUtils;

/**
 * Where things lie in the registry. Immutable.
 *
 * @param root absolute path that holds everything, {@code /rpc} by default
 */
record RegistryPaths(String root) {

    RegistryPaths {
        try {
            PathUtils.validatePath(root);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "rpc.registry.root: '" + root + "' (expected: an absolute path such as /rpc)", e);
        }
        if (root.equals("/")) {
            throw new IllegalArgumentException("rpc.registry.root: '/' (expected: a path below it such as /rpc)");
        }
    }

    /** Holds one ephemeral node per endpoint of the application. */
    String endpoints(String application) {
        return root + "/endpoints/" + segment("application", application);
    }

    String endpoint(String application, String address) {
        return endpoints(application) + '/' + segment("address", address);
    }

    /** Holds one empty node per application that may offer the service. */
    String service(String service) {
        return root + "/services/" + segment("service", service);
    }

    String serviceEntry(String service, String application) {
        return service(service) + '/' + segment("application", application);
    }

    String contract(String fingerprint) {
        return root + "/contracts/" + segment("fingerprint", fingerprint);
    }

    /** The value, if it can be the name of a node. */
    static String segment(String what, String value) {
        try {
            PathUtils.validatePath("/" + value);
        } catch (IllegalArgumentException e) {
            throw malformed(what, value);
        }
        if (value.isEmpty() || value.indexOf('/') >= 0) {
            throw malformed(what, value);
        }
        return value;
    }

    private static IllegalArgumentException malformed(String what, String value) {
        return new IllegalArgumentException(what + ": '" + value
                + "' (expected: a name without '/' and control characters, to be a ZooKeeper node)");
    }
}
