package io.rpcboot.demo.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The README's samples are the demos' own code, so that they compile and run. A line {@code // ...} or {@code # ...} stands for what is left out. */
class ReadmeTest {

    private static final Path PROJECT = Path.of("..");
    private static final Pattern SAMPLE = Pattern.compile("```(java|proto|yaml)\\R(.*?)```", Pattern.DOTALL);
    private static final Pattern LEFT_OUT = Pattern.compile("(?m)^\\s*(//|#) \\.\\.\\.$");

    @TestFactory
    Stream<DynamicTest> everySampleOccursInTheDemos() throws IOException {
        List<MatchResult> samples = SAMPLE.matcher(readme()).results().toList();
        assertThat(samples).hasSizeGreaterThan(3);

        return samples.stream()
                .map(sample -> DynamicTest.dynamicTest(firstLine(sample.group(2)), () -> {
                    List<String> sources = sources(sample.group(1));
                    for (String part : LEFT_OUT.split(sample.group(2))) {
                        assertThat(sources)
                                .anySatisfy(source -> assertThat(source).contains(squeezed(part)));
                    }
                }));
    }

    @Test
    void itIsShortEnoughToBeRead() throws IOException {
        assertThat(readme().lines().count()).isLessThan(150);
    }

    @Test
    void itsLinksLeadSomewhere() throws IOException {
        List<String> targets = Pattern.compile("]\\(([^)#:]+)[^):]*\\)")
                .matcher(readme())
                .results()
                .map(match -> match.group(1))
                .toList();

        assertThat(targets)
                .isNotEmpty()
                .allSatisfy(target -> assertThat(PROJECT.resolve(target)).exists());
    }

    private static String readme() throws IOException {
        return Files.readString(PROJECT.resolve("README.md"));
    }

    private static List<String> sources(String language) throws IOException {
        String ending = language.equals("yaml") ? ".yml" : '.' + language;
        try (Stream<Path> modules = Stream.of("src-proto", "demo-user-service", "demo-friend-client")
                .map(module -> PROJECT.resolve(module).resolve("src/main"))) {
            return modules.flatMap(ReadmeTest::files)
                    .filter(file -> file.toString().endsWith(ending))
                    .map(ReadmeTest::squeezedFile)
                    .toList();
        }
    }

    private static Stream<Path> files(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new IllegalStateException("cannot list " + directory, e);
        }
    }

    private static String squeezedFile(Path file) {
        try {
            return squeezed(Files.readString(file));
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + file, e);
        }
    }

    /** Without empty lines and indentation, so that a sample may be set as a page needs it. */
    private static String squeezed(String text) {
        return String.join(
                "\n",
                text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList());
    }

    private static String firstLine(String sample) {
        return sample.lines().findFirst().orElse("empty");
    }
}
