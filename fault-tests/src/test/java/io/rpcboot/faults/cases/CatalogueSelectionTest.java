package io.rpcboot.faults.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcboot.faults.net.UnsupportedMachineException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueSelectionTest {

    @Test
    void aStarStandsForAnythingAndNoCaseIsChosenTwice() {
        List<String> ids =
                Catalogue.chosen("d3, D*").stream().map(FaultCase::id).toList();

        assertThat(ids).startsWith("D3").contains("D1", "D2").doesNotHaveDuplicates();
        assertThat(ids).allMatch(id -> id.startsWith("D"));
    }

    @Test
    void nothingChosenMeansAll() {
        assertThat(Catalogue.chosen("")).hasSameSizeAs(Catalogue.all());
    }

    @Test
    void anUnknownIdIsRefused() {
        assertThatThrownBy(() -> Catalogue.chosen("D3,Q7"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'Q7'")
                .hasMessageContaining("D3");
    }

    @Test
    void theReportShowsTheNewestRunOfACase(@TempDir Path directory) throws Exception {
        FaultCase one = Catalogue.all().get(0);

        new Report(directory).add(one, List.of(Figure.atMost(0, "calls failed", 7)));
        new Report(directory).add(one, List.of(Figure.atMost(0, "calls failed", 0)));

        assertThat(Files.readAllLines(directory.resolve("faults.csv")))
                .containsExactly(
                        "case,figure,bound,unit,pass",
                        one.id() + ",7,<=0,calls failed,false",
                        one.id() + ",0,<=0,calls failed,true");
        assertThat(directory.resolve("faults.md"))
                .content()
                .contains("| " + one.id() + " | 0 | at most 0 | calls failed | yes |")
                .doesNotContain("**no**");
    }

    @Test
    void aSkippedCaseIsShownAsSuchUntilItIsRun(@TempDir Path directory) throws Exception {
        FaultCase one = new FaultCase() {
            @Override
            public String id() {
                return "X2";
            }

            @Override
            public String description() {
                return "needs another machine";
            }

            @Override
            public List<Figure> run(Stage stage) throws UnsupportedMachineException {
                throw new UnsupportedMachineException("not root, no\niptables");
            }
        };

        assertThatThrownBy(() -> Catalogue.run(one, directory)).isInstanceOf(UnsupportedMachineException.class);
        assertThat(directory.resolve("faults.csv")).content().contains("X2,,,not root; no iptables,skipped");
        assertThat(directory.resolve("faults.md"))
                .content()
                .contains("| X2 |  |  | not root; no iptables | skipped |")
                .doesNotContain("**no**");

        new Report(directory).add(one, List.of(Figure.atMost(0, "calls failed", 0)));
        assertThat(directory.resolve("faults.md")).content().doesNotContain("skipped |");
    }

    @Test
    void aVoidRunIsRepeatedAtMostTwiceAndThenFailed(@TempDir Path directory) throws Exception {
        int[] runs = {0};
        FaultCase alwaysVoid = new FaultCase() {
            @Override
            public String id() {
                return "X1";
            }

            @Override
            public String description() {
                return "never gets to its fault";
            }

            @Override
            public List<Figure> run(Stage stage) throws VoidRunException {
                runs[0]++;
                throw new VoidRunException("a call failed");
            }
        };

        List<Figure> figures = Catalogue.run(alwaysVoid, directory);

        assertThat(runs[0]).isEqualTo(3);
        assertThat(figures).noneMatch(Figure::passes);
    }
}
