package io.rpcboot.spring.zookeeper;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import io.rpcboot.Endpoint;
import io.rpcboot.EndpointAttributes;
import io.rpcboot.EndpointStatus;
import io.rpcboot.naming.Offer;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.CreateMode;

/** Offers of the services that mprpc peers have, and the nodes that such a peer makes. */
final class MprpcOffers {

    static final String USERS = "fixbug.UserServiceRpc";
    /** What mprpc peers call it. */
    static final String USERS_OF_PEERS = "UserServiceRpc";

    static final String LOGIN = "/UserServiceRpc/Login";
    static final String REGISTER = "/UserServiceRpc/Register";
    static final String FRIENDS = "/FiendServiceRpc/GetFriendsList";

    private static final ByteString CONTRACT = contract("fixbug");

    private MprpcOffers() {}

    /** The offer of the user service by a process at 127.0.0.1. */
    static Offer users(int port) {
        return at("127.0.0.1", port, service(USERS));
    }

    static Offer at(String host, int port, Offer.Service... services) {
        EndpointAttributes attributes = new EndpointAttributes(
                "demo", "", "", 100, "", "", 1, Instant.parse("2026-01-02T12:00:00Z"), EndpointStatus.READY);
        return new Offer(new Endpoint(host, port, attributes), List.of(services));
    }

    static Offer.Service service(String name) {
        return service(name, name.substring(name.lastIndexOf('.') + 1));
    }

    static Offer.Service service(String name, String mprpcName) {
        return new Offer.Service(name, "ab".repeat(32), CONTRACT, mprpcName);
    }

    static ByteString contract(String packageName) {
        return FileDescriptorSet.newBuilder()
                .addFile(FileDescriptorProto.newBuilder().setName("other.proto"))
                .addFile(FileDescriptorProto.newBuilder()
                        .setName("users.proto")
                        .setPackage(packageName)
                        .addService(described("UserServiceRpc", "Login", "Register")
                                .addMethod(MethodDescriptorProto.newBuilder()
                                        .setName("Follow")
                                        .setServerStreaming(true)))
                        .addService(described("FiendServiceRpc", "GetFriendsList")))
                .build()
                .toByteString();
    }

    private static ServiceDescriptorProto.Builder described(String name, String... methods) {
        ServiceDescriptorProto.Builder service =
                ServiceDescriptorProto.newBuilder().setName(name);
        Stream.of(methods)
                .map(method -> MethodDescriptorProto.newBuilder().setName(method))
                .forEach(service::addMethod);
        return service;
    }

    /** Makes the node as a peer makes it: for as long as its session lives. */
    static void provide(CuratorFramework peer, String path, String data) throws Exception {
        peer.create().creatingParentsIfNeeded().withMode(CreateMode.EPHEMERAL).forPath(path, data.getBytes(US_ASCII));
    }

    /** Makes a node that stays. */
    static void leave(CuratorFramework peer, String path, String data) throws Exception {
        peer.create().creatingParentsIfNeeded().forPath(path, data.getBytes(US_ASCII));
    }
}
