package io.rpcboot.spring.zookeeper;

import static io.rpcboot.spring.zookeeper.Offers.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.rpcboot.naming.RecordedLists;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.curator.framework.CuratorFramework;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whoever may write to the registry may write anything; good endpoints are found nevertheless. */
class HostileNodesTest {

    private static final List<String> LOADED = new ArrayList<>();

    @RegisterExtension
    private final TestRegistry registry = new TestRegistry();

    private final RecordedLists lists = new RecordedLists();

    /** Betrays that a class was loaded because a node names it. */
    static final class Trap {
        static {
            LOADED.add("the class that a node names");
        }

        public void setMetadata(Object metadata) {
            LOADED.add("its setter, with " + metadata);
        }
    }

    @Test
    void badNodesAreLeftOutOneByOne() throws Exception {
        CuratorFramework hostile = registry.client();
        String good = text(Offers.content(Offers.at(9000)));
        write(hostile, "127.0.0.1:9001", "not JSON");
        write(hostile, "127.0.0.1:9002", "");
        write(hostile, "127.0.0.1:9003", good.replace("9000", "-1"));
        write(hostile, "127.0.0.1:9004", good.replace("9000", "9004").replace("127.0.0.1", "10.9.9.9"));
        write(hostile, "wrong-name", good);
        write(hostile, "127.0.0.1:9005", "[".repeat(10_000));
        write(hostile, "127.0.0.1:9006", good.replace("9000", "9006").replace(SERVICE, "x".repeat(70_000)));
        write(hostile, "127.0.0.1:9007", trap(good.replace("9000", "9007")).replace("\"50\"", "{}"));
        write(hostile, "127.0.0.1:9008/127.0.0.1:9008", good.replace("9000", "9008"));
        writeLargest(hostile, "127.0.0.1:9009");
        Provider.start(registry, Offers.at(8000)).awaitAnnounced();
        ZookeeperResolver resolver = registry.resolver();

        resolver.watch(SERVICE, lists);

        lists.awaitAddresses("127.0.0.1:8000");
        Provider.start(registry, Offers.at(8001));
        lists.awaitAddresses("127.0.0.1:8000", "127.0.0.1:8001");
        assertThat(lists.all()).hasSize(2);
    }

    @Test
    void aClassThatANodeNamesIsNeverLoaded() throws Exception {
        CuratorFramework hostile = registry.client();
        String good = text(Offers.content(Offers.at(9000)));
        write(hostile, "127.0.0.1:9000", trap(good));
        Provider.start(registry, Offers.at(8000)).awaitAnnounced();
        ZookeeperResolver resolver = registry.resolver();

        resolver.watch(SERVICE, lists);

        lists.awaitAddresses("127.0.0.1:8000", "127.0.0.1:9000");
        assertThat(LOADED).isEmpty();
    }

    @Test
    void aGoodNodeThatTurnsBadAndGoodAgainIsFollowed() throws Exception {
        CuratorFramework hostile = registry.client();
        byte[] good = Offers.content(Offers.at(9000));
        write(hostile, "127.0.0.1:9000", text(good));
        Provider.start(registry, Offers.at(8000)).awaitAnnounced();
        ZookeeperResolver resolver = registry.resolver();
        resolver.watch(SERVICE, lists);
        lists.awaitAddresses("127.0.0.1:8000", "127.0.0.1:9000");

        hostile.setData().forPath(Offers.path(9000), new byte[] {0, -1});
        lists.awaitAddresses("127.0.0.1:8000");
        hostile.setData().forPath(Offers.path(9000), good);

        lists.awaitAddresses("127.0.0.1:8000", "127.0.0.1:9000");
    }

    private static String trap(String node) {
        String changed = node.replace(
                "org.springframework.cloud.zookeeper.discovery.ZookeeperInstance",
                HostileNodesTest.class.getName() + "$Trap");
        assertThat(changed).isNotEqualTo(node);
        return changed;
    }

    /** As large as a request may be: the answer to a read of it is larger than a client accepts. */
    private static void writeLargest(CuratorFramework client, String name) throws Exception {
        String path = "/rpc/endpoints/" + Offers.APPLICATION + '/' + name;
        client.create().creatingParentsIfNeeded().forPath(path);
        int requestBytes = 8 + 4 + path.length() + 4 + 4;
        client.setData().forPath(path, new byte[0xfffff - 1 - requestBytes]);
    }

    private static void write(CuratorFramework client, String name, String content) throws Exception {
        client.create()
                .creatingParentsIfNeeded()
                .forPath("/rpc/endpoints/" + Offers.APPLICATION + '/' + name, content.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(byte[] content) {
        return new String(content, StandardCharsets.UTF_8);
    }
}
