package io.rpcboot.spring.zookeeper;

import static io.rpcboot.spring.zookeeper.Offers.NOON;
import static io.rpcboot.spring.zookeeper.Offers.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.rpcboot.Endpoint;
import io.rpcboot.EndpointStatus;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SavedListsTest {

    private static final SavedListText FORM = new SavedListText(SERVICE, "/rpc at somewhere:2181");
    private static final List<Endpoint> TWO = List.of(endpoint(8000, EndpointStatus.READY), ipv6());

    @TempDir
    private Path directory;

    @Test
    void aListIsReadAsItWasSaved() {
        Instant before = Instant.now().minusSeconds(1);

        lists().save(FORM, TWO);

        SavedList read = lists().read(FORM).orElseThrow();
        assertThat(read.endpoints()).isEqualTo(TWO);
        assertThat(read.endpoints().get(0).attributes()).isEqualTo(TWO.get(0).attributes());
        assertThat(read.savedAt()).isBetween(before, Instant.now());
    }

    @Test
    void theNextListTakesThePlaceOfTheLast() throws IOException {
        lists().save(FORM, TWO);

        lists().save(FORM, TWO.subList(0, 1));

        assertThat(lists().read(FORM).orElseThrow().endpoints()).isEqualTo(TWO.subList(0, 1));
        assertThat(files()).containsExactly(SERVICE + ".endpoints");
    }

    @Test
    void whatIsOfNoUseLaterIsNotSaved() {
        lists().save(FORM, TWO);

        lists().save(FORM, List.of());
        assertThat(lists().read(FORM).orElseThrow().endpoints()).isEqualTo(TWO);

        lists().save(FORM, List.of(TWO.get(0), endpoint(8001, EndpointStatus.DRAINING)));
        assertThat(lists().read(FORM).orElseThrow().endpoints()).isEqualTo(TWO.subList(0, 1));
    }

    @ParameterizedTest
    @MethodSource("damages")
    void aBadFileIsAsIfThereWereNone(UnaryOperator<String> damage) throws IOException {
        lists().save(FORM, TWO);
        Path file = directory.resolve(SERVICE + ".endpoints");
        String good = Files.readString(file);
        String bad = damage.apply(good);
        assertThat(bad).isNotEqualTo(good);

        Files.writeString(file, bad);

        assertThat(lists().read(FORM)).isEmpty();
    }

    static Stream<UnaryOperator<String>> damages() {
        return Stream.of(
                text -> "",
                text -> "\0".repeat(text.length()),
                text -> text.substring(0, text.length() / 2),
                text -> text.substring(0, text.length() - 1),
                text -> text.substring(0, text.lastIndexOf('\n', text.length() - 2) + 1),
                text -> text + text,
                text -> text.replace("endpoints-1", "endpoints-2"),
                text -> text.replace(":8000", ":-1"),
                text -> text.replace(":8000,", ":8001,"),
                text -> text.replace("127.0.0.1\"", "10.9.9.9\""),
                text -> text.replace("\"READY\"", "\"FINE\""),
                text -> text.replace("\"rpc.services\":\"" + SERVICE, "\"rpc.services\":\"demo.Other"),
                text -> text.replace("\t2\n", "\tmany\n"),
                text -> text.replaceFirst("T\\d\\d:", "T99:"),
                text -> text.replaceAll("(?s)\\n([^\\n]*)\\n.*", "\n$1\n$1\n"));
    }

    @Test
    void aListOfAnotherRegistryOrServiceIsNotUsed() throws IOException {
        lists().save(FORM, TWO);
        Files.copy(directory.resolve(SERVICE + ".endpoints"), directory.resolve("demo.Other.endpoints"));

        assertThat(lists().read(new SavedListText(SERVICE, "/rpc at elsewhere:2181")))
                .isEmpty();
        assertThat(lists().read(new SavedListText("demo.Other", FORM.registry())))
                .isEmpty();
        assertThat(lists().read(FORM)).isPresent();
    }

    @Test
    void aFileThatIsTooLargeIsNotRead() throws IOException {
        lists().save(FORM, TWO);
        try (RandomAccessFile file =
                new RandomAccessFile(directory.resolve(SERVICE + ".endpoints").toFile(), "rw")) {
            file.setLength(1L << 40);
        }

        assertThat(lists().read(FORM)).isEmpty();
    }

    @Test
    void aDirectoryThatCannotBeWrittenHurtsNobody() throws IOException {
        Path file = Files.createFile(directory.resolve("a-file"));
        SavedLists lists = SavedLists.in(file);

        lists.save(FORM, TWO);

        assertThat(lists.read(FORM)).isEmpty();
        assertThat(files()).containsExactly("a-file");
    }

    @Test
    void withoutADirectoryNothingIsSaved() {
        SavedLists.none().save(FORM, TWO);

        assertThat(SavedLists.none().read(FORM)).isEmpty();
    }

    private SavedLists lists() {
        return SavedLists.in(directory);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static Endpoint endpoint(int port, EndpointStatus status) {
        return EndpointNode.of(Offers.at(port), status).endpoint();
    }

    private static Endpoint ipv6() {
        return EndpointNode.of(Offers.at("fe80::1", 8000, -1, NOON), EndpointStatus.NOT_READY)
                .endpoint();
    }
}
