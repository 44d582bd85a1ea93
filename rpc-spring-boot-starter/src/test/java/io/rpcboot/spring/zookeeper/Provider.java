package io.rpcboot.spring.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rpcboot.naming.EndpointAnnouncer.Announcement;
import io.rpcboot.naming.EndpointAnnouncer.Standing;
import io.rpcboot.naming.Offer;
import java.time.Duration;
import org.apache.curator.framework.CuratorFramework;

/** A process that announces one offer, with a session of its own. */
record Provider(CuratorFramework client, ZookeeperAnnouncer announcer, Announcement announcement) {

    private static final Duration WITHDRAWAL = Duration.ofSeconds(10);

    static Provider start(TestRegistry registry, Offer offer) {
        return start(registry, offer, Duration.ofMillis(500));
    }

    /** Compares at this interval only, and without delay after a reconnect. */
    static Provider start(TestRegistry registry, Offer offer, Duration interval) {
        CuratorFramework client = registry.client();
        ZookeeperAnnouncer announcer =
                registry.closing(new ZookeeperAnnouncer(client, TestRegistry.ROOT, interval, Duration.ZERO));
        return new Provider(client, announcer, announcer.announce(offer));
    }

    Provider awaitAnnounced() {
        await().atMost(TestRegistry.GENEROUS)
                .untilAsserted(() -> assertThat(announcement.state().announced())
                        .as(announcement.state().detail())
                        .isTrue());
        return this;
    }

    void awaitConflict() {
        await().atMost(TestRegistry.GENEROUS)
                .untilAsserted(() -> assertThat(announcement.state().standing()).isEqualTo(Standing.CONFLICT));
    }

    void awaitStanding(String partOfDetail) {
        await().atMost(TestRegistry.GENEROUS)
                .untilAsserted(() -> assertThat(announcement.state().detail()).contains(partOfDetail));
    }

    void withdraw() {
        announcement.withdraw(WITHDRAWAL);
    }

    /** Stops to care for the node without a word; the session, and with it the node, lives on. */
    void hang() {
        announcer.close();
    }

    /** Is gone without a word, and so is the node. */
    void die() {
        announcer.close();
        client.close();
    }
}
