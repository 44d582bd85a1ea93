package io.rpcboot.faults.registry;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.curator.framework.CuratorFramework;

/**
 * What somebody may write who may write to the registry: nodes beside those of the good endpoints of an application, each with an address at which
 * a trap listens. Used by one thread.
 */
public final class HostileNodes {

    /** The class that nodes name; not loaded by anything else. */
    public static final String CLASS = "io.rpcboot.faults.registry.NamedByNodes";

    private static final int LARGEST = 0xfffff - 256;
    private static final int LARGEST_NODES = 10;

    private final CuratorFramework curator;
    private final String endpoints;
    private final String good;
    private final int goodPort;
    private final int trapPort;
    private final List<String> names = new ArrayList<>();

    /**
     * Writes nothing yet.
     *
     * @param application path of the application's endpoints
     * @param goodPort port of a good endpoint on 127.0.0.1, whose node is the model of the hostile ones
     * @param trapPort port of all hostile ones, on addresses of loopback
     */
    public HostileNodes(CuratorFramework curator, String application, int goodPort, int trapPort) throws Exception {
        this.curator = curator;
        this.endpoints = application;
        this.goodPort = goodPort;
        this.trapPort = trapPort;
        this.good =
                new String(curator.getData().forPath(application + "/127.0.0.1:" + goodPort), StandardCharsets.UTF_8);
    }

    /** Writes so many nodes of all kinds. */
    public void write(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            String host = "127.0." + (1 + i / 200) + '.' + (1 + i % 200);
            String name = host + ':' + trapPort;
            names.add(name);
            put(name, content(i, host));
            if (i % 10 == 7) {
                // A name that leads to itself, again and again.
                put(name + '/' + name + '/' + name, content(0, host));
            }
        }
    }

    /** Writes each again, with other content of the same kind. */
    public void overwrite() throws Exception {
        for (String name : names) {
            byte[] former = curator.getData().forPath(endpoints + '/' + name);
            if (former.length < LARGEST / 2) {
                byte[] changed = (new String(former, StandardCharsets.UTF_8) + ' ').getBytes(StandardCharsets.UTF_8);
                curator.setData().forPath(endpoints + '/' + name, changed);
            }
        }
    }

    /** The names of the nodes that were written. */
    public List<String> names() {
        return List.copyOf(names);
    }

    private byte[] content(int i, String host) {
        String own = good.replace("127.0.0.1", host).replace(Integer.toString(goodPort), Integer.toString(trapPort));
        String text = switch (i % 10) {
            case 0 -> "not JSON";
            case 1 -> i < LARGEST_NODES * 10 ? "x".repeat(LARGEST) : "";
            case 2 -> own.replace("\"port\":" + trapPort, "\"port\":-1");
            case 3 -> own.replace(host, "127.0.99.99");
            case 4 ->
                own.replaceAll("\"@class\":\"[^\"]*\"", "\"@class\":\"" + CLASS + '"')
                        .replace("\"rpc.weight\":\"", "\"rpc.weight\":\"many");
            case 5 -> "[".repeat(10_000);
            case 6 -> own.replace("\"rpc.zone\":\"", "\"rpc.zone\":\"" + "z".repeat(70_000));
            case 7 -> "{\"name\":\"" + host + "\",\"payload\":{\"metadata\":{\"rpc.services\":{}}}}";
            case 8 -> own.replace("\"rpc.status\":\"READY\"", "\"rpc.status\":\"${jndi:ldap://127.0.0.1/}\"");
            default -> own + own;
        };
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void put(String name, byte[] content) throws Exception {
        curator.create().creatingParentsIfNeeded().forPath(endpoints + '/' + name, content);
    }
}
