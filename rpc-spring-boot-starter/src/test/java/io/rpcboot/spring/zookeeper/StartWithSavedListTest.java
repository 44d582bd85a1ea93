package io.rpcboot.spring.zookeeper;

import static io.rpcboot.spring.zookeeper.Offers.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rpcboot.naming.RecordedLists;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A consumer that starts again while ZooKeeper is away, with what it knew before. */
class StartWithSavedListTest {

    /** Longer than any test. */
    private static final Duration FOR_EVER = Duration.ofHours(1);

    @RegisterExtension
    private final TestRegistry registry = new TestRegistry();

    @TempDir
    private Path directory;

    private final RecordedLists lists = new RecordedLists();

    @BeforeEach
    void aListIsSavedAndZookeeperGoes() throws Exception {
        Provider.start(registry, Offers.at(8000));
        Provider.start(registry, Offers.at(8001));
        Path file = directory.resolve(SERVICE + ".endpoints");
        try (ZookeeperResolver resolver = resolver(FOR_EVER)) {
            resolver.watch(SERVICE, list -> {});
            await().atMost(TestRegistry.GENEROUS)
                    .until(() -> Files.exists(file)
                            && Files.readString(file).contains("127.0.0.1:8000")
                            && Files.readString(file).contains("127.0.0.1:8001"));
        }
        registry.server().stop();
        // As if others had run then: what is saved and what is true can be told apart.
        Files.writeString(file, Files.readString(file).replaceAll("\\b800([01])\\b", "900$1"));
    }

    @Test
    void theSavedListIsToldWhileZookeeperIsAway() {
        resolver(FOR_EVER).watch(SERVICE, lists);

        lists.awaitAddresses("127.0.0.1:9000", "127.0.0.1:9001");
        assertThat(lists.all()).hasSize(1);
    }

    @Test
    void theListOfZookeeperTakesItsPlaceAndIsSaved() throws Exception {
        resolver(Duration.ZERO).watch(SERVICE, lists);
        lists.awaitAddresses("127.0.0.1:9000", "127.0.0.1:9001");

        registry.server().restart();

        lists.awaitAddresses("127.0.0.1:8000", "127.0.0.1:8001");
        await().atMost(TestRegistry.GENEROUS)
                .until(() -> !Files.readString(directory.resolve(SERVICE + ".endpoints"))
                        .contains("127.0.0.1:900"));
    }

    @Test
    void aRegistryThatComesBackWithoutWhatWasSavedIsDoubted() throws Exception {
        resolver(FOR_EVER).watch(SERVICE, lists);
        lists.awaitAddresses("127.0.0.1:9000", "127.0.0.1:9001");

        registry.server().restart();

        lists.awaitAddresses("127.0.0.1:8000", "127.0.0.1:8001", "127.0.0.1:9000", "127.0.0.1:9001");
    }

    @Test
    void whatIsSavedIsNotLookedAtWhileZookeeperAnswers() throws Exception {
        registry.server().restart();

        resolver(FOR_EVER).watch(SERVICE, lists);

        lists.awaitAddresses("127.0.0.1:8000", "127.0.0.1:8001");
        assertThat(lists.all()).hasSize(1);
    }

    private ZookeeperResolver resolver(Duration hold) {
        return registry.closing(new ZookeeperResolver(
                new ZookeeperContact(registry.client(), FOR_EVER),
                TestRegistry.ROOT,
                hold,
                service -> Optional.empty(),
                SavedLists.in(directory)));
    }
}
