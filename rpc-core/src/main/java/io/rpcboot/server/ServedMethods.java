package io.rpcboot.server;

import io.rpcboot.CallGate;
import io.rpcboot.CallListener;
import io.rpcboot.Interceptor;
import io.rpcboot.contract.MethodContract;
import io.rpcboot.contract.ServiceBinding;
import io.rpcboot.transport.MethodTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The methods of all services of a server, by index and by name. Immutable once built. */
final class ServedMethods implements MethodTable {

    private final List<ServedMethod> methods = new ArrayList<>();
    private final Map<String, Map<String, Integer>> indexByName = new HashMap<>();
    private final Map<String, String> serviceByMprpcName = new HashMap<>();
    private final FailureMapping failures;
    private final CallListener listener;
    private final String version;
    private final String group;

    /** Of a server whose services are of this version and group; empty for none. */
    ServedMethods(FailureMapping failures, CallListener listener, String version, String group) {
        this.failures = failures;
        this.listener = listener;
        this.version = version;
        this.group = group;
    }

    /**
     * Adds the methods of a service.
     *
     * @throws IllegalArgumentException if a service of that name is there already
     */
    void add(
            ServiceBinding binding,
            ServiceOptions options,
            ServiceQueue queue,
            List<Interceptor> serverInterceptors,
            List<CallGate> serverGates) {
        String service = binding.contract().name();
        Map<String, Integer> indices = new HashMap<>();
        if (indexByName.putIfAbsent(service, indices) != null) {
            throw new IllegalArgumentException("service " + service + " is offered twice by one server");
        }
        List<Interceptor> interceptors = new ArrayList<>(serverInterceptors);
        interceptors.addAll(options.interceptors());
        List<CallGate> gates = new ArrayList<>(serverGates);
        gates.addAll(options.gates());
        for (MethodContract<?, ?> method : binding.contract().methods()) {
            indices.put(method.name(), methods.size());
            methods.add(new ServedMethod(
                    method,
                    options.execution(),
                    queue,
                    List.copyOf(gates),
                    Interceptor.chain(interceptors, binding.invoker(method)),
                    interceptors.isEmpty() ? binding.handler(method) : null,
                    failures,
                    listener));
        }
    }

    /**
     * Names a service for callers that speak mprpc, which know no packages.
     *
     * @param name empty if these callers are not to reach it
     * @throws IllegalArgumentException if another service has that name
     */
    void mprpcName(String service, String name) {
        String other = name.isEmpty() ? null : serviceByMprpcName.putIfAbsent(name, service);
        if (other != null) {
            throw new IllegalArgumentException("callers that speak mprpc know " + other + " and " + service
                    + " by the same name, " + name + "; give one of them another (@RpcService(mprpcName = \"...\") or "
                    + "rpc.server.services." + service + ".mprpc-name)");
        }
    }

    ServedMethod get(int index) {
        return methods.get(index);
    }

    @Override
    public boolean isOf(String wantedVersion, String wantedGroup) {
        return (wantedVersion.isEmpty() || wantedVersion.equals(version))
                && (wantedGroup.isEmpty() || wantedGroup.equals(group));
    }

    @Override
    public int mprpcIndexOf(String service, String method) {
        String fullName = serviceByMprpcName.get(service);
        return fullName == null ? UNKNOWN_SERVICE : indexOf(fullName, method);
    }

    @Override
    public int indexOf(String service, String method) {
        Map<String, Integer> indices = indexByName.get(service);
        return indices == null ? UNKNOWN_SERVICE : indices.getOrDefault(method, UNKNOWN_METHOD);
    }
}
