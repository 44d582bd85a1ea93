package io.rpcboot.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.json.JsonParserFactory;

/** The page that lists the keys and the keys that there are. */
class ConfigurationDocumentTest {

    private static final Path PAGE = Path.of("..", "docs", "configuration.md");
    private static final Pattern KEY = Pattern.compile("`(rpc\\.[a-z0-9.<>*-]+)`", Pattern.CASE_INSENSITIVE);

    @Test
    void namesEveryKeyThatThereIs() throws IOException {
        String page = Files.readString(PAGE);

        assertThat(metadata())
                .filteredOn(key -> !key.equals("rpc.client.services") && !key.equals("rpc.server.services"))
                .filteredOn(key -> !key.equals("rpc.server.group") && !key.equals("rpc.server.zone"))
                .allSatisfy(key -> assertThat(page).containsPattern("`" + Pattern.quote(key) + "(\\.\\*)?`"));
    }

    @Test
    void namesNoKeyThatThereIsNot() throws IOException {
        List<String> named = KEY.matcher(Files.readString(PAGE))
                .results()
                .map(MatchResult::group)
                .map(quoted -> quoted.replace("`", ""))
                .filter(key -> !key.equals("rpc.")
                        && !List.of("rpc.server", "rpc.client").contains(key))
                .toList();

        assertThat(named)
                .isNotEmpty()
                .allSatisfy(key ->
                        assertThat(new KnownKeys().contains(name(key))).as(key).isTrue());
    }

    private static ConfigurationPropertyName name(String key) {
        String example = key.replaceAll("<\\w+>", "example").replace("*", "example");
        return ConfigurationPropertyName.of(example);
    }

    @SuppressWarnings("unchecked") // As the format of the metadata has it.
    private static List<String> metadata() throws IOException {
        try (InputStream json =
                Files.newInputStream(Path.of("target", "classes", "META-INF", "spring-configuration-metadata.json"))) {
            List<Map<String, Object>> properties = (List<Map<String, Object>>) JsonParserFactory.getJsonParser()
                    .parseMap(new String(json.readAllBytes(), StandardCharsets.UTF_8))
                    .get("properties");
            return properties.stream()
                    .map(property -> String.valueOf(property.get("name")))
                    .filter(name -> name.startsWith("rpc."))
                    .toList();
        }
    }
}
