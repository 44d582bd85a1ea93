package io.rpcboot.spring.zookeeper;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.rpcboot.naming.Offer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One method as mprpc peers know it, and its place in ZooKeeper. Immutable.
 *
 * @param service name of the service without its package
 * @param name name of the method
 */
record MprpcMethod(String service, String name) {

    /** Where all methods of a service lie. */
    static String servicePath(String service) {
        return '/' + RegistryPaths.segment("mprpc service", service);
    }

    String path() {
        return servicePath(service) + '/' + RegistryPaths.segment("method", name);
    }

    /**
     * The methods of all services that are offered to mprpc peers. Those with streams are left out: mprpc has none.
     *
     * @throws IllegalArgumentException if no service is offered to them, two services have one name, a name cannot be that of a node, or a contract is missing
     */
    static List<MprpcMethod> of(Offer offer) {
        List<MprpcMethod> methods = new ArrayList<>();
        Map<String, String> fullNames = new HashMap<>();
        for (Offer.Service service : offer.services()) {
            String name = service.mprpcName();
            if (name.isEmpty()) {
                continue;
            }
            servicePath(name);
            String other = fullNames.put(name, service.name());
            if (other != null) {
                throw new IllegalArgumentException(other + " and " + service.name() + " are both " + name
                        + " to mprpc peers (expected: one service of that name)");
            }
            contract(service).getMethodList().stream()
                    .filter(MprpcMethod::isUnary)
                    .forEach(method -> methods.add(new MprpcMethod(name, method.getName())));
        }
        if (fullNames.isEmpty()) {
            throw new IllegalArgumentException(
                    "no service is offered to mprpc peers, so that none can be announced to them"
                            + " (expected: rpc.server.mprpc.enabled=true, or rpc.registry.mprpc.publish=false)");
        }
        return methods;
    }

    private static boolean isUnary(MethodDescriptorProto method) {
        return !method.getClientStreaming() && !method.getServerStreaming();
    }

    private static ServiceDescriptorProto contract(Offer.Service offered) {
        for (FileDescriptorProto file : files(offered)) {
            String prefix = file.getPackage().isEmpty() ? "" : file.getPackage() + '.';
            for (ServiceDescriptorProto service : file.getServiceList()) {
                if (offered.name().equals(prefix + service.getName())) {
                    return service;
                }
            }
        }
        throw new IllegalArgumentException(
                offered.name() + ": not in its own descriptor set (expected: the contract with its methods)");
    }

    private static List<FileDescriptorProto> files(Offer.Service offered) {
        try {
            return FileDescriptorSet.parseFrom(offered.descriptorSet()).getFileList();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(
                    offered.name() + ": no descriptor set (expected: a google.protobuf.FileDescriptorSet)", e);
        }
    }

    @Override
    public String toString() {
        return service + '.' + name;
    }
}
