package io.rpcboot.spring.zookeeper;

import com.google.protobuf.ByteString;
import io.rpcboot.naming.Offer;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.KeeperException.NodeExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an offer leaves in the registry for good: that this application offers these services, and their contracts. Blocks on the network; for
 * use by one thread.
 */
final class OfferIndex {

    /** ZooKeeper refuses packets over 1 MiB, the path included. */
    private static final int MAX_CONTRACT_BYTES = 900 * 1024;

    private static final Logger log = LoggerFactory.getLogger(OfferIndex.class);
    private static final byte[] NOTHING = {};

    private final CuratorFramework curator;
    private final RegistryPaths paths;
    private final Offer offer;

    OfferIndex(CuratorFramework curator, RegistryPaths paths, Offer offer) {
        this.curator = curator;
        this.paths = paths;
        this.offer = offer;
        offer.services().stream().filter(OfferIndex::isTooLarge).forEach(OfferIndex::warn);
    }

    /**
     * Writes what is missing; changes nothing that is there.
     *
     * @throws Exception whatever Curator throws
     */
    void complete() throws Exception {
        String application = offer.endpoint().attributes().application();
        for (Offer.Service service : offer.services()) {
            if (!isTooLarge(service)) {
                createIfAbsent(paths.contract(service.fingerprint()), service.descriptorSet());
            }
            createIfAbsent(paths.serviceEntry(service.name(), application), ByteString.EMPTY);
        }
    }

    private void createIfAbsent(String path, ByteString content) throws Exception {
        if (curator.checkExists().forPath(path) == null) {
            try {
                byte[] bytes = content.isEmpty() ? NOTHING : content.toByteArray();
                curator.create().creatingParentsIfNeeded().forPath(path, bytes);
            } catch (NodeExistsException e) {
                log.debug("A sibling wrote {} first", path, e);
            }
        }
    }

    private static boolean isTooLarge(Offer.Service service) {
        return service.descriptorSet().size() > MAX_CONTRACT_BYTES;
    }

    private static void warn(Offer.Service service) {
        log.warn(
                "The contract of {} is not stored in the registry: {} bytes (expected: at most {}). Calls are not affected",
                service.name(),
                service.descriptorSet().size(),
                MAX_CONTRACT_BYTES);
    }
}
