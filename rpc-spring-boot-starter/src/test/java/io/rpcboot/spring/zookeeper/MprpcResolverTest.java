package io.rpcboot.spring.zookeeper;

import static io.rpcboot.spring.zookeeper.MprpcOffers.LOGIN;
import static io.rpcboot.spring.zookeeper.MprpcOffers.REGISTER;
import static io.rpcboot.spring.zookeeper.MprpcOffers.USERS_OF_PEERS;
import static io.rpcboot.spring.zookeeper.MprpcOffers.leave;
import static io.rpcboot.spring.zookeeper.MprpcOffers.provide;
import static io.rpcboot.spring.zookeeper.TestRegistry.GENEROUS;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.rpcboot.Endpoint;
import io.rpcboot.naming.EndpointResolver.Watch;
import io.rpcboot.naming.RecordedLists;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class MprpcResolverTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    /** Longer than any test: who is held back does not leave in it. */
    private static final Duration FOR_EVER = Duration.ofHours(1);

    private static final String FIRST = "10.0.0.1:18000";
    private static final String SECOND_ONE = "10.0.0.2:18000";
    private static final String THIRD = "10.0.0.3:18000";

    @RegisterExtension
    private final TestRegistry registry = new TestRegistry();

    private final RecordedLists lists = new RecordedLists();

    private CuratorFramework peer;

    @BeforeEach
    void connect() {
        peer = registry.client();
    }

    @Test
    void aProviderThatComesLaterIsSeen() throws Exception {
        resolver(FOR_EVER).watch(USERS_OF_PEERS, lists);
        lists.awaitAddresses();

        provide(peer, LOGIN, FIRST);
        lists.awaitAddresses(FIRST);
        provide(peer, REGISTER, SECOND_ONE);

        lists.awaitAddresses(FIRST, SECOND_ONE);
    }

    @Test
    void aProviderOfSeveralMethodsIsListedOnceWithItsAddressAlone() throws Exception {
        provide(peer, LOGIN, FIRST);
        provide(peer, REGISTER, FIRST + ";weight=3");
        provide(peer, "/FiendServiceRpc/GetFriendsList", THIRD);

        resolver(FOR_EVER).watch(USERS_OF_PEERS, lists);

        lists.awaitOnly(Endpoint.parse(FIRST));
        assertThat(lists.all()).hasSize(1);
    }

    @Test
    void whatTheAnnouncerPublishesIsFound() {
        MprpcProvider.start(registry, MprpcOffers.users(18000)).awaitAnnounced();

        resolver(FOR_EVER).watch(USERS_OF_PEERS, lists);

        lists.awaitAddresses("127.0.0.1:18000");
    }

    @Test
    void anAddressThatChangesIsFollowed() throws Exception {
        provide(peer, LOGIN, FIRST);
        resolver(FOR_EVER).watch(USERS_OF_PEERS, lists);
        lists.awaitAddresses(FIRST);

        peer.setData().forPath(LOGIN, SECOND_ONE.getBytes(US_ASCII));
        lists.awaitAddresses(SECOND_ONE);
        peer.setData().forPath(LOGIN, THIRD.getBytes(US_ASCII));

        lists.awaitAddresses(THIRD);
    }

    @Test
    void whoseNodeIsGoneStaysUntilAnotherHasItsPlace() throws Exception {
        CuratorFramework other = registry.client();
        provide(peer, LOGIN, FIRST);
        provide(peer, REGISTER, FIRST);
        resolver(FOR_EVER).watch(USERS_OF_PEERS, lists);
        lists.awaitAddresses(FIRST);
        peer.close();
        await().during(Duration.ofMillis(500))
                .atMost(GENEROUS)
                .until(() -> other.checkExists().forPath(LOGIN) == null
                        && lists.addresses().equals(List.of(FIRST)));

        provide(other, LOGIN, SECOND_ONE);

        lists.awaitAddresses(SECOND_ONE);
    }

    @Test
    void oneOfSeveralProvidersThatDisappearsIsGoneAtOnce() throws Exception {
        CuratorFramework other = registry.client();
        provide(peer, LOGIN, FIRST);
        provide(other, REGISTER, SECOND_ONE);
        resolver(FOR_EVER).watch(USERS_OF_PEERS, lists);
        lists.awaitAddresses(FIRST, SECOND_ONE);

        other.close();

        lists.awaitAddresses(FIRST);
    }

    @Test
    void theLossOfTheLastIsDoubtedAndBelievedInTheEnd() throws Exception {
        provide(peer, LOGIN, FIRST);
        resolver(SECOND).watch(USERS_OF_PEERS, lists);
        lists.awaitAddresses(FIRST);

        peer.close();

        lists.awaitAddresses();
    }

    @Test
    void aProviderThatRestartsStaysInTheList() throws Exception {
        CuratorFramework other = registry.client();
        provide(peer, LOGIN, FIRST);
        resolver(FOR_EVER).watch(USERS_OF_PEERS, lists);
        lists.awaitAddresses(FIRST);

        peer.close();
        provide(other, LOGIN, FIRST);
        provide(other, REGISTER, SECOND_ONE);

        lists.awaitAddresses(FIRST, SECOND_ONE);
        assertThat(lists.all()).allMatch(list -> !list.isEmpty());
    }

    @Test
    void badNodesAreLeftOutAndLoggedOnce(CapturedOutput output) throws Exception {
        provide(peer, LOGIN, FIRST);
        provide(peer, "/UserServiceRpc/Empty", "");
        provide(peer, "/UserServiceRpc/NoPort", "10.0.0.9");
        provide(peer, "/UserServiceRpc/BadPort", "10.0.0.9:70000");
        resolver(FOR_EVER).watch(USERS_OF_PEERS, lists);
        lists.awaitAddresses(FIRST);

        provide(peer, REGISTER, SECOND_ONE);
        lists.awaitAddresses(FIRST, SECOND_ONE);
        peer.setData().forPath("/UserServiceRpc/BadPort", THIRD.getBytes(US_ASCII));

        lists.awaitAddresses(FIRST, SECOND_ONE, THIRD);
        for (String bad :
                new String[] {"/UserServiceRpc/Empty:", "/UserServiceRpc/NoPort:", "/UserServiceRpc/BadPort:"}) {
            assertThat(output.getAll().lines().filter(line -> line.contains("Leaving out the mprpc node " + bad)))
                    .hasSize(1);
        }
    }

    @Test
    void aGoodNodeThatTurnsBadAndGoodAgainIsFollowed() throws Exception {
        provide(peer, LOGIN, FIRST);
        provide(peer, REGISTER, SECOND_ONE);
        resolver(FOR_EVER).watch(USERS_OF_PEERS, lists);
        lists.awaitAddresses(FIRST, SECOND_ONE);

        peer.setData().forPath(REGISTER, new byte[] {0, -1});
        lists.awaitAddresses(FIRST);
        peer.setData().forPath(REGISTER, SECOND_ONE.getBytes(US_ASCII));

        lists.awaitAddresses(FIRST, SECOND_ONE);
    }

    @Test
    void aNodeAsLargeAsZookeeperTakesHurtsNobody() throws Exception {
        provide(peer, LOGIN, FIRST);
        String large = "/UserServiceRpc/Large";
        provide(peer, large, "");
        int requestBytes = 8 + 4 + large.length() + 4 + 4;
        peer.setData().forPath(large, new byte[0xfffff - 1 - requestBytes]);

        resolver(FOR_EVER).watch(USERS_OF_PEERS, lists);
        lists.awaitAddresses(FIRST);
        provide(peer, REGISTER, SECOND_ONE);

        lists.awaitAddresses(FIRST, SECOND_ONE);
        assertThat(lists.all()).hasSize(2);
    }

    @Test
    void severalProvidersOfOneMethodAreFoundBelowItsNode() throws Exception {
        CuratorFramework other = registry.client();
        provide(peer, LOGIN + '/' + FIRST, "");
        provide(peer, LOGIN + '/' + SECOND_ONE, "10.9.9.9:1");
        provide(other, LOGIN + "/provider-0000000001", THIRD);
        provide(peer, LOGIN + "/provider-0000000002", "");
        resolver(FOR_EVER).watch(USERS_OF_PEERS, lists);
        lists.awaitAddresses(FIRST, SECOND_ONE, THIRD);

        other.close();
        lists.awaitAddresses(FIRST, SECOND_ONE);
        peer.setData().forPath(LOGIN + "/provider-0000000002", "10.0.0.4:18000".getBytes(US_ASCII));

        lists.awaitAddresses(FIRST, SECOND_ONE, "10.0.0.4:18000");
    }

    @Test
    void theFirstProviderBelowAMethodThatWasEmptyIsSeen() throws Exception {
        leave(peer, LOGIN, "");
        resolver(FOR_EVER).watch(USERS_OF_PEERS, lists);
        lists.awaitAddresses();

        provide(peer, LOGIN + '/' + FIRST, "");

        lists.awaitAddresses(FIRST);
    }

    @Test
    void aPersistentNodeCountsByItsDataUntilProvidersAreBelowIt() throws Exception {
        leave(peer, LOGIN, FIRST);
        resolver(FOR_EVER).watch(USERS_OF_PEERS, lists);
        lists.awaitAddresses(FIRST);

        provide(peer, LOGIN + '/' + SECOND_ONE, "");

        lists.awaitAddresses(SECOND_ONE);
    }

    @Test
    void aServiceThatIsDeletedAndMadeAnewIsFollowed() throws Exception {
        provide(peer, LOGIN, FIRST);
        resolver(Duration.ZERO).watch(USERS_OF_PEERS, lists);
        lists.awaitAddresses(FIRST);

        peer.delete().deletingChildrenIfNeeded().forPath("/UserServiceRpc");
        lists.awaitAddresses();
        provide(peer, LOGIN, SECOND_ONE);

        lists.awaitAddresses(SECOND_ONE);
    }

    @Test
    void whereZookeeperIsAwayAWatchHearsAnEmptyListAndLaterTheTruth() throws Exception {
        leave(peer, LOGIN, FIRST);
        registry.server().stop();
        resolver(FOR_EVER).watch(USERS_OF_PEERS, lists);
        lists.awaitAddresses();

        registry.server().restart();

        lists.awaitAddresses(FIRST);
        assertThat(lists.all()).hasSize(2);
    }

    @Test
    void aRestartOfZookeeperNeverEmptiesTheList() throws Exception {
        provide(peer, LOGIN, FIRST);
        CuratorFramework client = registry.client();
        resolver(client, FOR_EVER).watch(USERS_OF_PEERS, lists);
        lists.awaitAddresses(FIRST);

        registry.server().stop();
        await().atMost(GENEROUS).until(() -> !client.getZookeeperClient().isConnected());
        registry.server().restart();
        provide(peer, REGISTER, SECOND_ONE);

        lists.awaitAddresses(FIRST, SECOND_ONE);
        assertThat(lists.all()).hasSize(2);
    }

    @Test
    void anExpiredSessionOfTheResolverChangesNothingButTheSession() throws Exception {
        provide(peer, LOGIN, FIRST);
        CuratorFramework client = registry.client();
        resolver(client, FOR_EVER).watch(USERS_OF_PEERS, lists);
        lists.awaitAddresses(FIRST);

        registry.expire(client);
        provide(peer, REGISTER, SECOND_ONE);
        lists.awaitAddresses(FIRST, SECOND_ONE);
        peer.setData().forPath(REGISTER, THIRD.getBytes(US_ASCII));

        lists.awaitAddresses(FIRST, THIRD);
    }

    @Test
    void theLastListIsSavedForAStartWithoutZookeeper(@TempDir Path directory) throws Exception {
        provide(peer, LOGIN, FIRST);
        resolver(contact(registry.client()), SavedLists.in(directory)).watch(USERS_OF_PEERS, lists);
        lists.awaitAddresses(FIRST);
        await().atMost(GENEROUS).untilAsserted(() -> assertThat(directory).isDirectoryContaining("glob:**.endpoints"));
        registry.server().stop();
        RecordedLists later = new RecordedLists();

        resolver(contact(registry.client()), SavedLists.in(directory)).watch(USERS_OF_PEERS, later);

        later.awaitAddresses(FIRST);
        assertThat(later.all()).hasSize(1);
    }

    @Test
    void aWatchIsToldAtOnceWhereEveryServerRefuses() {
        CuratorFramework nobody =
                registry.closing(CuratorFrameworkFactory.newClient("127.0.0.1:1", 10_000, 3_000, new RetryOneTime(1)));
        nobody.start();
        ZookeeperContact patient = registry.closing(new ZookeeperContact(nobody, FOR_EVER));

        resolver(patient, SavedLists.none()).watch(USERS_OF_PEERS, lists);

        lists.awaitAddresses();
    }

    @Test
    void aSecondListenerHearsTheKnownListAndEachLeavesForItself() throws Exception {
        provide(peer, LOGIN, FIRST);
        MprpcResolver resolver = resolver(FOR_EVER);
        RecordedLists second = new RecordedLists();
        Watch first = resolver.watch(USERS_OF_PEERS, lists);
        lists.awaitAddresses(FIRST);

        resolver.watch(USERS_OF_PEERS, second);
        second.awaitAddresses(FIRST);
        first.close();
        provide(peer, REGISTER, SECOND_ONE);

        second.awaitAddresses(FIRST, SECOND_ONE);
        assertThat(lists.addresses()).containsExactly(FIRST);
    }

    @Test
    void aServiceIsWatchedAgainAfterEverybodyLeft() throws Exception {
        provide(peer, LOGIN, FIRST);
        MprpcResolver resolver = resolver(FOR_EVER);
        Watch first = resolver.watch(USERS_OF_PEERS, lists);
        lists.awaitAddresses(FIRST);
        first.close();
        RecordedLists again = new RecordedLists();

        resolver.watch(USERS_OF_PEERS, again);
        again.awaitAddresses(FIRST);
        provide(peer, REGISTER, SECOND_ONE);

        again.awaitAddresses(FIRST, SECOND_ONE);
        assertThat(lists.addresses()).containsExactly(FIRST);
    }

    @Test
    void aNameThatNoNodeCanHaveIsRefused() {
        MprpcResolver resolver = resolver(FOR_EVER);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> resolver.watch("User/Service", lists))
                .withMessageContaining("'User/Service'");
    }

    private MprpcResolver resolver(Duration hold) {
        return resolver(registry.client(), hold);
    }

    private MprpcResolver resolver(CuratorFramework client, Duration hold) {
        return registry.closing(new MprpcResolver(contact(client), hold, SavedLists.none()));
    }

    private MprpcResolver resolver(ZookeeperContact contact, SavedLists saved) {
        return registry.closing(new MprpcResolver(contact, FOR_EVER, saved));
    }

    /** As patient as is needed to hear nothing before ZooKeeper's own first list, where it is there. */
    private ZookeeperContact contact(CuratorFramework client) {
        return registry.closing(new ZookeeperContact(client, GENEROUS));
    }
}
