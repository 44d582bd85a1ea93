package io.rpcboot.spring.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rpcboot.naming.EndpointAnnouncer.Announcement;
import io.rpcboot.naming.EndpointAnnouncer.Standing;
import io.rpcboot.naming.Offer;
import java.time.Duration;
import org.apache.curator.framework.CuratorFramework;

/** A process that announces one offer to mprpc peers, with a session of its own. */
record MprpcProvider(CuratorFramework client, MprpcAnnouncer announcer, Announcement announcement) {

    /** Not even a random part of it ends within a test: what happens before is not the regular comparison's work. */
    private static final Duration NEVER = Duration.ofDays(3650);

    private static final Duration WITHDRAWAL = Duration.ofSeconds(10);

    /** Compares when something happens only, and without delay after a reconnect. */
    static MprpcProvider start(TestRegistry registry, Offer offer) {
        CuratorFramework client = registry.client();
        MprpcAnnouncer announcer = registry.closing(new MprpcAnnouncer(client, NEVER, Duration.ZERO));
        return new MprpcProvider(client, announcer, announcer.announce(offer));
    }

    MprpcProvider awaitAnnounced() {
        return awaitStanding(Standing.ANNOUNCED, "announced to mprpc peers at");
    }

    MprpcProvider awaitStanding(Standing standing, String partOfDetail) {
        await().atMost(TestRegistry.GENEROUS).untilAsserted(() -> {
            assertThat(announcement.state().detail()).contains(partOfDetail);
            assertThat(announcement.state().standing()).isEqualTo(standing);
        });
        return this;
    }

    String detail() {
        return announcement.state().detail();
    }

    void withdraw() {
        announcement.withdraw(WITHDRAWAL);
    }

    /** Stops to care for the nodes without a word; the session, and with it the nodes, live on. */
    void hang() {
        announcer.close();
    }

    /** Is gone without a word, and so are the nodes. */
    void die() {
        announcer.close();
        client.close();
    }
}
