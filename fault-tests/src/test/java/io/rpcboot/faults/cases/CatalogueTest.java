package io.rpcboot.faults.cases;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcboot.faults.net.UnsupportedMachineException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** The whole catalogue, or the cases that {@code -Dfaults=D3,E*} chooses. */
@Tag("catalogue")
class CatalogueTest {

    @TestFactory
    Stream<DynamicTest> everyFigureIsWithinItsBound() {
        return Catalogue.chosen(System.getProperty("faults", "")).stream()
                .map(one -> DynamicTest.dynamicTest(one.id() + ": " + one.description(), () -> judge(one)));
    }

    private static void judge(FaultCase one) throws Exception {
        try {
            List<Figure> figures = Catalogue.run(one, Path.of("target"));
            figures.forEach(figure -> System.out.println(one.id() + ": " + figure));
            assertThat(figures).allMatch(Figure::passes);
        } catch (UnsupportedMachineException e) {
            Assumptions.abort(one.id() + " is skipped: " + e.getMessage());
        }
    }
}
