package io.rpcboot.faults.net;

import io.rpcboot.faults.peer.PeerHost;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A network of its own for peers, a namespace of Linux, with one cable to this machine and a packet filter that loses what it is told to. Its
 * addresses are of the range for benchmarks, 198.18.0.0/15, and nothing is routed from there. Needs root, {@code ip} and {@code iptables}. Used
 * by one thread.
 */
public final class IsolatedNetwork implements AutoCloseable {

    /** With the id of the process that made it, so that what was left behind is known as such. */
    private static final Pattern NAME = Pattern.compile("^rpcboot-(\\d+)-\\d+");

    private static final Pattern CABLE = Pattern.compile("^rpcb(\\d+)n\\d+");
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final int NETWORKS_IN_RANGE = 1 << 15;
    private static final int NETWORKS_PER_PROCESS = 16;

    private final String name;
    private final String cable;
    private final int firstAddress;

    private IsolatedNetwork(long pid, int number) {
        name = "rpcboot-" + pid + "-" + number;
        cable = "rpcb" + pid + "n" + number;
        // Four addresses each: the network, this machine, the peers, broadcast.
        firstAddress = (198 << 24 | 18 << 16) + 4 * (int) ((pid * NETWORKS_PER_PROCESS + number) % NETWORKS_IN_RANGE);
    }

    /**
     * Makes a network that lasts until it is closed; what processes that have ended left behind is removed.
     *
     * @throws UnsupportedMachineException if that cannot be done here
     */
    public static IsolatedNetwork open() throws UnsupportedMachineException, InterruptedException {
        IsolatedNetwork network = new IsolatedNetwork(ProcessHandle.current().pid(), COUNT.getAndIncrement());
        try {
            removeLeftovers();
            network.lay();
            return network;
        } catch (IOException e) {
            throw new UnsupportedMachineException(
                    "no network of its own for peers can be made (needs root, iproute2 and iptables): "
                            + e.getMessage());
        }
    }

    private static void removeLeftovers() throws IOException, InterruptedException {
        for (String cable : left("ip -brief link show type veth", CABLE)) {
            Command.run("ip link delete " + cable);
        }
        for (String name : left("ip netns list", NAME)) {
            Command.run("ip netns delete " + name);
        }
    }

    /** What the command lists first in a line and belongs to a process that has ended. */
    private static List<String> left(String command, Pattern name) throws IOException, InterruptedException {
        return Command.run(command)
                .lines()
                .map(name::matcher)
                .filter(Matcher::find)
                .filter(found ->
                        ProcessHandle.of(Long.parseLong(found.group(1))).isEmpty())
                .map(Matcher::group)
                .toList();
    }

    private void lay() throws IOException, InterruptedException {
        Command.run("ip netns add " + name);
        try {
            Command.run("ip link add " + cable + " type veth peer name eth0 netns " + name);
            Command.run("ip address add " + address(1) + "/30 dev " + cable);
            Command.run("ip link set " + cable + " up");
            Command.run("ip -n " + name + " address add " + address(2) + "/30 dev eth0");
            Command.run("ip -n " + name + " link set eth0 up");
            filter("-S");
        } catch (IOException e) {
            Command.run("ip netns delete " + name);
            throw e;
        }
    }

    private String address(int number) {
        int bits = firstAddress + number;
        return (bits >>> 24) + "." + (bits >>> 16 & 255) + "." + (bits >>> 8 & 255) + "." + (bits & 255);
    }

    /** Peers started there are inside. */
    public PeerHost host() {
        return new PeerHost(address(2), List.of("ip", "netns", "exec", name));
    }

    /** From now on loses all packets that go from here to this port inside. */
    public void dropTo(int port) throws IOException, InterruptedException {
        filter("-A INPUT -p tcp --dport " + port + " -j DROP");
    }

    /** From now on loses all packets that come from this port inside. */
    public void dropFrom(int port) throws IOException, InterruptedException {
        filter("-A OUTPUT -p tcp --sport " + port + " -j DROP");
    }

    /** From now on loses nothing. */
    public void heal() throws IOException, InterruptedException {
        filter("-F");
    }

    private void filter(String rule) throws IOException, InterruptedException {
        Command.run("ip netns exec " + name + " iptables -w " + rule);
    }

    /** Removes it with its cable. Peers inside must have ended. */
    @Override
    public void close() throws IOException, InterruptedException {
        // The namespace goes when nothing uses it any more, a socket for instance; the cable at once.
        Command.run("ip link delete " + cable);
        Command.run("ip netns delete " + name);
    }
}
