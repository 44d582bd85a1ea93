package io.rpcboot.spring.zookeeper;

import io.rpcboot.Endpoint;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.api.BackgroundCallback;
import org.apache.curator.framework.api.CuratorEvent;
import org.apache.curator.framework.api.CuratorWatcher;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.data.Stat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One look at the nodes of a service, from the top down, with watches on all that it saw: plain ones, which fire once and which every ZooKeeper
 * server knows. A method's node holds the address of its one provider, or a node for each of several; what cannot be read is left out.
 *
 * <p>Lives on the given thread: Curator's event thread only queues there. Nothing here waits for the network.
 */
final class MprpcReading {

    private static final Logger log = LoggerFactory.getLogger(MprpcReading.class);

    private final CuratorFramework curator;
    private final String servicePath;
    private final DaemonThread thread;
    private final CuratorWatcher watcher;
    private final Consumer<MprpcReading> onEnd;
    private final Map<String, Endpoint> places = new LinkedHashMap<>();
    private final Map<String, String> leftOut = new LinkedHashMap<>();
    private int awaited;
    private boolean complete = true;
    private boolean ended;

    /**
     * Reads nothing yet.
     *
     * @param watcher told once of the first change to each node that was read
     * @param onEnd told when all was read, or when the connection was lost
     */
    MprpcReading(
            CuratorFramework curator,
            String servicePath,
            DaemonThread thread,
            CuratorWatcher watcher,
            Consumer<MprpcReading> onEnd) {
        this.curator = curator;
        this.servicePath = servicePath;
        this.thread = thread;
        this.watcher = watcher;
        this.onEnd = onEnd;
    }

    void start() {
        listService();
    }

    /** Ends without a word. */
    void abandon() {
        ended = true;
    }

    /** Whether all was read. */
    boolean isComplete() {
        return complete;
    }

    /** What was found, by path. */
    Map<String, Endpoint> places() {
        return places;
    }

    /** What was left out, and why, by path. */
    Map<String, String> leftOut() {
        return leftOut;
    }

    private void listService() {
        list(servicePath, event -> {
            if (isOk(event)) {
                event.getChildren().forEach(method -> look(servicePath + '/' + method, this::readMethod));
            } else if (isMissing(event)) {
                awaitService();
            } else {
                leaveOut(event);
            }
        });
    }

    /** The list of a node that is missing leaves no watch. */
    private void awaitService() {
        look(servicePath, (path, stat) -> listService());
    }

    private void readMethod(String path, Stat stat) {
        if (stat.getEphemeralOwner() != 0) {
            readAddress(path, stat);
            return;
        }
        list(path, event -> {
            if (isOk(event) && !event.getChildren().isEmpty()) {
                event.getChildren().forEach(provider -> readProvider(path + '/' + provider, provider));
            } else if (isOk(event) && stat.getDataLength() > 0) {
                readAddress(path, stat);
            } else if (!isOk(event) && !isMissing(event)) {
                leaveOut(event);
            }
        });
    }

    private void readProvider(String path, String name) {
        try {
            places.put(path, MprpcAddress.read(name));
        } catch (BadNodeException e) {
            log.trace("The name of {} is no address, so its data is", path, e);
            look(path, this::readAddress);
        }
    }

    private void readAddress(String path, Stat stat) {
        if (stat.getDataLength() > MprpcAddress.MAX_BYTES) {
            // Not even read: an answer near ZooKeeper's packet limit would cost the client its connection.
            leftOut.put(
                    path,
                    String.valueOf(MprpcAddress.tooLarge(stat.getDataLength()).getMessage()));
            return;
        }
        ask(callback -> curator.getData().inBackground(callback).forPath(path), event -> {
            if (isOk(event)) {
                parse(path, event.getData() == null ? new byte[0] : event.getData());
            } else if (!isMissing(event)) {
                leaveOut(event);
            }
        });
    }

    private void parse(String path, byte[] data) {
        try {
            places.put(path, MprpcAddress.read(data));
        } catch (BadNodeException e) {
            log.trace("{} is left out", path, e);
            leftOut.put(path, String.valueOf(e.getMessage()));
        }
    }

    private void leaveOut(CuratorEvent event) {
        leftOut.put(event.getPath(), "cannot be read: " + Code.get(event.getResultCode()));
    }

    private void list(String path, Consumer<CuratorEvent> onAnswer) {
        ask(
                callback -> curator.getChildren()
                        .usingWatcher(watcher)
                        .inBackground(callback)
                        .forPath(path),
                onAnswer);
    }

    /** Goes on with the node if it is there; if not, its coming is watched for. */
    private void look(String path, Next next) {
        ask(
                callback -> curator.checkExists()
                        .usingWatcher(watcher)
                        .inBackground(callback)
                        .forPath(path),
                event -> {
                    Stat stat = event.getStat();
                    if (isOk(event) && stat != null) {
                        next.accept(path, stat);
                    } else if (!isMissing(event)) {
                        leaveOut(event);
                    }
                });
    }

    private void ask(Request request, Consumer<CuratorEvent> onAnswer) {
        awaited++;
        try {
            request.start((client, event) -> thread.queue(() -> answered(event, onAnswer)));
        } catch (Exception e) {
            log.debug("Reading {} did not start; it is tried again", servicePath, e);
            thread.queue(this::lost);
        }
    }

    private void answered(CuratorEvent event, Consumer<CuratorEvent> onAnswer) {
        if (ended) {
            return;
        }
        if (isConnectionTrouble(event)) {
            lost();
            return;
        }
        onAnswer.accept(event);
        awaited--;
        if (awaited == 0) {
            end();
        }
    }

    private void lost() {
        complete = false;
        end();
    }

    private void end() {
        if (!ended) {
            ended = true;
            onEnd.accept(this);
        }
    }

    private static boolean isOk(CuratorEvent event) {
        return event.getResultCode() == Code.OK.intValue();
    }

    private static boolean isMissing(CuratorEvent event) {
        return event.getResultCode() == Code.NONODE.intValue();
    }

    private static boolean isConnectionTrouble(CuratorEvent event) {
        return switch (Code.get(event.getResultCode())) {
            case CONNECTIONLOSS, OPERATIONTIMEOUT, SESSIONEXPIRED, SESSIONMOVED -> true;
            default -> false;
        };
    }

    private interface Next {
        void accept(String path, Stat stat);
    }

    private interface Request {
        void start(BackgroundCallback callback) throws Exception;
    }
}
