package io.rpcboot.spring.zookeeper;

import static io.rpcboot.spring.zookeeper.MprpcOffers.FRIENDS;
import static io.rpcboot.spring.zookeeper.MprpcOffers.LOGIN;
import static io.rpcboot.spring.zookeeper.MprpcOffers.REGISTER;
import static io.rpcboot.spring.zookeeper.MprpcOffers.leave;
import static io.rpcboot.spring.zookeeper.MprpcOffers.provide;
import static io.rpcboot.spring.zookeeper.MprpcOffers.users;
import static io.rpcboot.spring.zookeeper.TestRegistry.GENEROUS;
import static io.rpcboot.spring.zookeeper.TestRegistry.awaitOwned;
import static io.rpcboot.spring.zookeeper.TestRegistry.sessionOf;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.rpcboot.EndpointStatus;
import io.rpcboot.naming.EndpointAnnouncer.Announcement;
import io.rpcboot.naming.EndpointAnnouncer.Standing;
import java.time.Duration;
import java.util.List;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooDefs.Perms;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class MprpcAnnouncerTest {

    private static final String STRANGER = "10.0.0.7:18000";

    @RegisterExtension
    private final TestRegistry registry = new TestRegistry();

    private CuratorFramework observer;

    @BeforeEach
    void observe() {
        observer = registry.client();
    }

    @Test
    void theNodesAreThoseOfAnMprpcProvider() throws Exception {
        MprpcProvider provider = MprpcProvider.start(
                        registry,
                        MprpcOffers.at(
                                "127.0.0.1",
                                18000,
                                MprpcOffers.service(MprpcOffers.USERS),
                                MprpcOffers.service("fixbug.FiendServiceRpc")))
                .awaitAnnounced();

        assertThat(observer.getChildren().forPath("/"))
                .containsExactlyInAnyOrder("UserServiceRpc", "FiendServiceRpc", "zookeeper");
        assertThat(observer.getChildren().forPath("/UserServiceRpc")).containsExactlyInAnyOrder("Login", "Register");
        assertThat(observer.getChildren().forPath("/FiendServiceRpc")).containsExactly("GetFriendsList");
        for (String service : new String[] {"/UserServiceRpc", "/FiendServiceRpc"}) {
            Stat stat = observer.checkExists().forPath(service);
            assertThat(stat.getEphemeralOwner()).isZero();
            assertThat(stat.getDataLength()).isZero();
            assertThat(observer.getACL().forPath(service)).isEqualTo(Ids.OPEN_ACL_UNSAFE);
        }
        for (String method : new String[] {LOGIN, REGISTER, FRIENDS}) {
            Stat stat = observer.checkExists().forPath(method);
            assertThat(stat.getEphemeralOwner()).isEqualTo(sessionOf(provider.client()));
            assertThat(stat.getVersion()).isZero();
            assertThat(stat.getNumChildren()).isZero();
            assertThat(data(method)).isEqualTo("127.0.0.1:18000");
            assertThat(observer.getACL().forPath(method)).isEqualTo(Ids.OPEN_ACL_UNSAFE);
        }
    }

    @Test
    void aHostNameIsPublishedAsItsAddress() throws Exception {
        MprpcProvider.start(registry, MprpcOffers.at("localhost", 18000, MprpcOffers.service(MprpcOffers.USERS)))
                .awaitAnnounced();

        assertThat(data(LOGIN)).isEqualTo("127.0.0.1:18000");
    }

    @Test
    void aServiceNodeThatIsThereAlreadyIsUsedAsItIs() throws Exception {
        leave(observer, "/UserServiceRpc", "made by a peer");

        MprpcProvider.start(registry, users(18000)).awaitAnnounced();

        assertThat(data("/UserServiceRpc")).isEqualTo("made by a peer");
        assertThat(data(LOGIN)).isEqualTo("127.0.0.1:18000");
    }

    @Test
    void anExpiredSessionIsFollowedByNodesOfTheNewOne() throws Exception {
        MprpcProvider provider = MprpcProvider.start(registry, users(18000)).awaitAnnounced();
        long before = sessionOf(provider.client());

        registry.expire(provider.client());

        awaitOwned(LOGIN, provider.client(), observer);
        awaitOwned(REGISTER, provider.client(), observer);
        assertThat(sessionOf(provider.client())).isNotEqualTo(before);
        provider.awaitAnnounced();
    }

    @Test
    void nodesDeletedByHandComeBackAtOnce() throws Exception {
        MprpcProvider provider = MprpcProvider.start(registry, users(18000)).awaitAnnounced();

        observer.delete().deletingChildrenIfNeeded().forPath("/UserServiceRpc");

        awaitOwned(LOGIN, provider.client(), observer);
        awaitOwned(REGISTER, provider.client(), observer);
    }

    @Test
    void dataOverwrittenByHandIsRepaired() throws Exception {
        MprpcProvider.start(registry, users(18000)).awaitAnnounced();

        observer.setData().forPath(LOGIN, "by hand".getBytes(US_ASCII));

        await().atMost(GENEROUS).untilAsserted(() -> assertThat(data(LOGIN)).isEqualTo("127.0.0.1:18000"));
    }

    @Test
    void aMethodThatAnotherProviderHoldsIsLeftToItAndNamed() throws Exception {
        CuratorFramework peer = registry.client();
        provide(peer, LOGIN, STRANGER);
        Stat before = observer.checkExists().forPath(LOGIN);

        MprpcProvider provider = MprpcProvider.start(registry, users(18000));

        provider.awaitStanding(Standing.STANDBY, "UserServiceRpc.Login: held by another provider");
        assertThat(provider.detail())
                .contains(STRANGER)
                .contains("session 0x" + Long.toHexString(sessionOf(peer)))
                .doesNotContain("Register");
        awaitOwned(REGISTER, provider.client(), observer);
        assertThat(observer.checkExists().forPath(LOGIN)).isEqualTo(before);
    }

    @Test
    void theMethodIsTakenOverWhenTheOtherProviderLeaves() throws Exception {
        CuratorFramework peer = registry.client();
        provide(peer, LOGIN, STRANGER);
        MprpcProvider provider = MprpcProvider.start(registry, users(18000));
        provider.awaitStanding(Standing.STANDBY, STRANGER);

        peer.close();

        provider.awaitAnnounced();
        awaitOwned(LOGIN, provider.client(), observer);
        assertThat(data(LOGIN)).isEqualTo("127.0.0.1:18000");
    }

    @Test
    void anotherProviderThatChangesIsNamedAsItIsNow() throws Exception {
        CuratorFramework peer = registry.client();
        provide(peer, LOGIN, STRANGER);
        MprpcProvider provider = MprpcProvider.start(registry, users(18000));
        provider.awaitStanding(Standing.STANDBY, STRANGER);

        peer.setData().forPath(LOGIN, "not an address\n".getBytes(US_ASCII));

        provider.awaitStanding(Standing.STANDBY, "another provider at not an address?");
    }

    @Test
    void aConflictIsLoggedOnce(CapturedOutput output) throws Exception {
        provide(registry.client(), LOGIN, "10.9.8.7:18000");
        MprpcProvider provider = MprpcProvider.start(registry, users(18000));
        provider.awaitStanding(Standing.STANDBY, "10.9.8.7:18000");

        for (int comparisons = 0; comparisons < 3; comparisons++) {
            awaitOwned(REGISTER, provider.client(), observer);
            observer.delete().forPath(REGISTER);
        }
        awaitOwned(REGISTER, provider.client(), observer);

        assertThat(output.getAll().lines().filter(line -> line.contains("at 10.9.8.7:18000")))
                .hasSize(1);
    }

    @Test
    void aNodeThatThisProviderLeftIsReplacedAndOutlivesTheOldSession() throws Exception {
        MprpcProvider crashed = MprpcProvider.start(registry, users(18000)).awaitAnnounced();
        crashed.hang();

        MprpcProvider restarted = MprpcProvider.start(registry, users(18000)).awaitAnnounced();
        awaitOwned(LOGIN, restarted.client(), observer);
        Stat taken = observer.checkExists().forPath(LOGIN);
        crashed.die();

        assertThat(observer.checkExists().forPath(LOGIN)).isEqualTo(taken);
    }

    @Test
    void aNodeOfTheSameAddressInAnotherSpellingIsReplaced() throws Exception {
        provide(registry.client(), LOGIN, "127.0.0.1:18000\0\0\0");

        MprpcProvider provider = MprpcProvider.start(registry, users(18000)).awaitAnnounced();

        awaitOwned(LOGIN, provider.client(), observer);
        assertThat(data(LOGIN)).isEqualTo("127.0.0.1:18000");
    }

    @Test
    void twoLivingProcessesOfOneAddressDoNotFight() throws Exception {
        MprpcProvider older = MprpcProvider.start(registry, users(18000)).awaitAnnounced();
        MprpcProvider younger = MprpcProvider.start(registry, users(18000)).awaitAnnounced();

        older.awaitStanding(Standing.CONFLICT, "another process that announces the same address 127.0.0.1:18000");
        awaitOwned(LOGIN, younger.client(), observer);
        assertThat(older.detail()).contains("rpc.server.advertised-port");
        younger.die();

        older.awaitAnnounced();
        awaitOwned(LOGIN, older.client(), observer);
    }

    @Test
    void aPersistentNodeBlocksAndIsNamed() throws Exception {
        leave(observer, LOGIN, "127.0.0.1:18000");
        Stat before = observer.checkExists().forPath(LOGIN);

        MprpcProvider provider = MprpcProvider.start(registry, users(18000));

        provider.awaitStanding(Standing.CONFLICT, "UserServiceRpc.Login: the node " + LOGIN + " is persistent");
        assertThat(provider.detail()).contains("has to be deleted by hand");
        assertThat(observer.checkExists().forPath(LOGIN)).isEqualTo(before);
        observer.delete().forPath(LOGIN);
        provider.awaitAnnounced();
        awaitOwned(LOGIN, provider.client(), observer);
    }

    @Test
    void aNodeWithSeveralProvidersBelowItIsLeftToThem() throws Exception {
        provide(registry.client(), LOGIN + "/10.0.0.7:18000", "");

        MprpcProvider provider = MprpcProvider.start(registry, users(18000));

        provider.awaitStanding(Standing.CONFLICT, LOGIN + " is persistent and has others below it");
        assertThat(observer.getChildren().forPath(LOGIN)).containsExactly("10.0.0.7:18000");
    }

    @Test
    void anEphemeralServiceNodeBlocksAndIsNamed() throws Exception {
        CuratorFramework peer = registry.client();
        peer.create().withMode(CreateMode.EPHEMERAL).forPath("/UserServiceRpc", new byte[0]);

        MprpcProvider provider = MprpcProvider.start(registry, users(18000));

        provider.awaitStanding(
                Standing.CONFLICT,
                "UserServiceRpc.Login, UserServiceRpc.Register: the node /UserServiceRpc is ephemeral");
        assertThat(provider.detail()).contains("session 0x" + Long.toHexString(sessionOf(peer)));
        peer.close();
        provider.awaitAnnounced();
        assertThat(observer.checkExists().forPath("/UserServiceRpc").getEphemeralOwner())
                .isZero();
    }

    @Test
    void aServiceThatMayNotBeWrittenKeepsNoOtherBack() throws Exception {
        observer.create()
                .withACL(List.of(new ACL(Perms.READ, Ids.ANYONE_ID_UNSAFE)))
                .forPath("/UserServiceRpc", new byte[0]);

        MprpcProvider provider = MprpcProvider.start(
                registry,
                MprpcOffers.at(
                        "127.0.0.1",
                        18000,
                        MprpcOffers.service(MprpcOffers.USERS),
                        MprpcOffers.service("fixbug.FiendServiceRpc")));

        provider.awaitStanding(Standing.PENDING, "NoAuth for /UserServiceRpc/");
        awaitOwned(FRIENDS, provider.client(), observer);
    }

    @Test
    void theNodesAreThereOnlyWhileTheEndpointIsReady() throws Exception {
        MprpcProvider provider = MprpcProvider.start(registry, users(18000)).awaitAnnounced();

        provider.announcement().status(EndpointStatus.NOT_READY);
        provider.awaitStanding(Standing.ANNOUNCED, "hidden from mprpc peers while NOT_READY");
        assertThat(observer.getChildren().forPath("/UserServiceRpc")).isEmpty();

        provider.announcement().status(EndpointStatus.READY);
        provider.awaitAnnounced();
        awaitOwned(LOGIN, provider.client(), observer);
        awaitOwned(REGISTER, provider.client(), observer);

        provider.announcement().status(EndpointStatus.DRAINING);
        provider.awaitStanding(Standing.ANNOUNCED, "hidden from mprpc peers while DRAINING");
        assertThat(observer.getChildren().forPath("/UserServiceRpc")).isEmpty();
    }

    @Test
    void aWithdrawalDeletesTheOwnNodesAndNoOthers() throws Exception {
        provide(registry.client(), LOGIN, STRANGER);
        MprpcProvider provider = MprpcProvider.start(registry, users(18000));
        provider.awaitStanding(Standing.STANDBY, STRANGER);

        provider.withdraw();

        provider.awaitStanding(Standing.WITHDRAWN, "withdrawn");
        assertThat(observer.getChildren().forPath("/UserServiceRpc")).containsExactly("Login");
        assertThat(data(LOGIN)).isEqualTo(STRANGER);
    }

    @Test
    void whatWasWithdrawnDoesNotComeBackWithALaterStatus() throws Exception {
        MprpcProvider provider = MprpcProvider.start(registry, users(18000)).awaitAnnounced();
        provider.withdraw();

        provider.announcement().status(EndpointStatus.READY);
        provider.announcement().withdraw(GENEROUS);

        assertThat(observer.getChildren().forPath("/UserServiceRpc")).isEmpty();
    }

    @Test
    void anOfferMadeWhileZookeeperIsAwayIsAnnouncedWhenItComes() throws Exception {
        registry.server().stop();
        MprpcProvider provider = MprpcProvider.start(registry, users(18000));
        provider.awaitStanding(Standing.PENDING, "cannot be reached");

        registry.server().restart();

        provider.awaitAnnounced();
        awaitOwned(LOGIN, provider.client(), observer);
    }

    @Test
    void aRestartOfZookeeperThatKeepsTheSessionLeavesTheNodesAlone() throws Exception {
        MprpcProvider provider = MprpcProvider.start(registry, users(18000)).awaitAnnounced();
        Stat before = observer.checkExists().forPath(LOGIN);

        registry.server().stop();
        provider.awaitStanding(Standing.PENDING, "cannot be reached");
        registry.server().restart();

        provider.awaitAnnounced();
        assertThat(observer.checkExists().forPath(LOGIN)).isEqualTo(before);
    }

    @Test
    void aWithdrawalWhileZookeeperIsAwayReturnsAndIsMadeGoodLater() throws Exception {
        MprpcProvider provider = MprpcProvider.start(registry, users(18000)).awaitAnnounced();
        registry.server().stop();
        provider.awaitStanding(Standing.PENDING, "cannot be reached");

        provider.withdraw();
        registry.server().restart();

        provider.awaitStanding(Standing.WITHDRAWN, "withdrawn");
        assertThat(observer.getChildren().forPath("/UserServiceRpc")).isEmpty();
    }

    @Test
    void whatWasWithdrawnWhileZookeeperWasAwayMayBeAnnouncedAnewAtAnotherAddress() throws Exception {
        MprpcProvider provider = MprpcProvider.start(registry, users(18000)).awaitAnnounced();
        registry.server().stop();
        provider.awaitStanding(Standing.PENDING, "cannot be reached");
        provider.withdraw();

        Announcement again = provider.announcer().announce(users(18001));
        registry.server().restart();

        await().atMost(GENEROUS).until(() -> again.state().announced());
        provider.awaitStanding(Standing.WITHDRAWN, "withdrawn");
        assertThat(data(LOGIN)).isEqualTo("127.0.0.1:18001");
        awaitOwned(REGISTER, provider.client(), observer);
    }

    @Test
    void aMethodIsAnnouncedOnceOnly() {
        MprpcProvider provider = MprpcProvider.start(registry, users(18000));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> provider.announcer().announce(users(18001)))
                .withMessageContaining(LOGIN);
    }

    @Test
    void anAddressWithoutIpv4IsRefused() {
        MprpcAnnouncer announcer = announcer(observer);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> announcer.announce(
                        MprpcOffers.at("2001:db8::1", 18000, MprpcOffers.service(MprpcOffers.USERS))))
                .withMessageContaining("rpc.server.advertised-host");
    }

    @Test
    void aNameOfThisMachineAloneIsNotAnnouncedToADistantZookeeper() {
        MprpcAnnouncer announcer = announcer(
                registry.closing(CuratorFrameworkFactory.newClient("zookeeper.example:2181", new RetryOneTime(1))));

        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        announcer.announce(MprpcOffers.at("localhost", 18000, MprpcOffers.service(MprpcOffers.USERS))))
                .withMessageContaining("127.0.0.1:18000, which other machines cannot reach");
    }

    private MprpcAnnouncer announcer(CuratorFramework client) {
        return registry.closing(new MprpcAnnouncer(client, Duration.ofSeconds(10), Duration.ZERO));
    }

    private String data(String path) throws Exception {
        return new String(observer.getData().forPath(path), US_ASCII);
    }
}
