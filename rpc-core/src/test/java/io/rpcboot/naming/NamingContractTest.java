package io.rpcboot.naming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.rpcboot.Endpoint;
import io.rpcboot.EndpointAttributes;
import io.rpcboot.EndpointStatus;
import io.rpcboot.naming.EndpointAnnouncer.Announcement;
import io.rpcboot.naming.EndpointResolver.Watch;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every registry keeps: to be extended by the test of each pair of announcer and resolver. */
public abstract class NamingContractTest {

    protected static final String SERVICE = "demo.UserService";
    private static final String OTHER_SERVICE = "demo.FriendService";
    private static final Duration AT_MOST = Duration.ofSeconds(10);

    private final RecordedLists lists = new RecordedLists();

    /** An announcer to a registry that is empty before each test. */
    protected abstract EndpointAnnouncer announcer();

    /** A resolver from the same registry. */
    protected abstract EndpointResolver resolver();

    @Test
    void aServiceThatNobodyOffersRunsNowhere() {
        resolver().watch(SERVICE, lists);

        lists.awaitAddresses();
    }

    @Test
    void aWatchThatWasThereFirstSeesTheOffer() {
        resolver().watch(SERVICE, lists);
        lists.awaitAddresses();

        announcer().announce(offer(8000, SERVICE));

        lists.awaitAddresses("127.0.0.1:8000");
    }

    @Test
    void aWatchThatComesLaterSeesTheOffer() {
        Announcement announcement = announcer().announce(offer(8000, SERVICE));
        awaitAnnounced(announcement);

        resolver().watch(SERVICE, lists);

        lists.awaitAddresses("127.0.0.1:8000");
        assertThat(lists.all()).hasSize(1);
    }

    @Test
    void theAttributesOfAnEndpointArriveAsTheyWereOffered() {
        Offer offer = offer(8000, SERVICE);
        resolver().watch(SERVICE, lists);

        announcer().announce(offer);

        lists.awaitOnly(offer.endpoint());
    }

    @Test
    void anEndpointStandsUnderTheServicesItOffersAndNoOthers() {
        RecordedLists both = new RecordedLists();
        resolver().watch(SERVICE, lists);
        resolver().watch(OTHER_SERVICE, both);

        announcer().announce(offer(8000, OTHER_SERVICE));
        announcer().announce(offer(8001, SERVICE, OTHER_SERVICE));

        both.awaitAddresses("127.0.0.1:8000", "127.0.0.1:8001");
        lists.awaitAddresses("127.0.0.1:8001");
    }

    @Test
    void aSecondProviderJoinsTheFirst() {
        announcer().announce(offer(8000, SERVICE));
        resolver().watch(SERVICE, lists);
        lists.awaitAddresses("127.0.0.1:8000");

        announcer().announce(offer(8001, SERVICE));

        lists.awaitAddresses("127.0.0.1:8000", "127.0.0.1:8001");
    }

    @Test
    void aWithdrawnProviderLeavesAndTheOtherStays() {
        Announcement first = announcer().announce(offer(8000, SERVICE));
        announcer().announce(offer(8001, SERVICE));
        resolver().watch(SERVICE, lists);
        lists.awaitAddresses("127.0.0.1:8000", "127.0.0.1:8001");

        first.withdraw(AT_MOST);

        lists.awaitAddresses("127.0.0.1:8001");
    }

    @Test
    void theLastProviderLeavesAnEmptyList() {
        Announcement only = announcer().announce(offer(8000, SERVICE));
        resolver().watch(SERVICE, lists);
        lists.awaitAddresses("127.0.0.1:8000");

        only.withdraw(AT_MOST);

        lists.awaitAddresses();
    }

    @Test
    void aProviderThatComesBackIsSeenAgain() {
        resolver().watch(SERVICE, lists);
        Announcement first = announcer().announce(offer(8000, SERVICE));
        lists.awaitAddresses("127.0.0.1:8000");
        first.withdraw(AT_MOST);
        lists.awaitAddresses();

        announcer().announce(offer(8000, SERVICE));

        lists.awaitAddresses("127.0.0.1:8000");
    }

    @Test
    void aChangedStatusReachesTheWatch() {
        Offer offer = offer(8000, SERVICE);
        Announcement announcement = announcer().announce(offer);
        resolver().watch(SERVICE, lists);
        lists.awaitOnly(offer.endpoint());

        announcement.status(EndpointStatus.NOT_READY);

        lists.awaitOnly(
                new Endpoint("127.0.0.1", 8000, offer.endpoint().attributes().withStatus(EndpointStatus.NOT_READY)));
    }

    @Test
    void aStatusAfterTheWithdrawalDoesNotBringTheEndpointBack() {
        Announcement announcement = announcer().announce(offer(8000, SERVICE));
        awaitAnnounced(announcement);
        announcement.withdraw(AT_MOST);

        announcement.status(EndpointStatus.READY);
        announcer().announce(offer(8001, SERVICE));
        resolver().watch(SERVICE, lists);

        lists.awaitAddresses("127.0.0.1:8001");
    }

    @Test
    void aClosedWatchIsToldNothingMore() {
        Watch watch = resolver().watch(SERVICE, lists);
        lists.awaitAddresses();
        RecordedLists open = new RecordedLists();
        resolver().watch(SERVICE, open);

        watch.close();
        announcer().announce(offer(8000, SERVICE));

        open.awaitAddresses("127.0.0.1:8000");
        assertThat(lists.all()).containsExactly(List.of());
    }

    @Test
    void aListCannotBeChangedByItsReader() {
        announcer().announce(offer(8000, SERVICE));
        resolver().watch(SERVICE, lists);
        lists.awaitAddresses("127.0.0.1:8000");

        List<Endpoint> list = lists.last();

        assertThatThrownBy(() -> list.remove(0)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void theStateTellsWhetherTheOfferStands() {
        Announcement announcement = announcer().announce(offer(8000, SERVICE));
        awaitAnnounced(announcement);

        announcement.withdraw(AT_MOST);

        assertThat(announcement.state().announced()).isFalse();
        assertThat(announcement.state().detail()).isNotBlank();
    }

    /** An offer at 127.0.0.1 with every attribute set. */
    protected static Offer offer(int port, String... services) {
        EndpointAttributes attributes = new EndpointAttributes(
                "demo-" + port,
                "2",
                "blue",
                50,
                "zone-1",
                "canary",
                0x8000_0000_0000_0000L + port,
                Instant.parse("2026-01-02T03:04:05.678Z"),
                EndpointStatus.READY);
        List<Offer.Service> offered = Arrays.stream(services)
                .map(name -> new Offer.Service(name, "ab".repeat(32), ByteString.copyFromUtf8("the contract")))
                .toList();
        return new Offer(new Endpoint("127.0.0.1", port, attributes), offered);
    }

    protected static void awaitAnnounced(Announcement announcement) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(announcement.state().announced()).isTrue());
    }
}
