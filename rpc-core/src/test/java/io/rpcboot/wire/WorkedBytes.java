package io.rpcboot.wire;

import io.netty.buffer.ByteBufUtil;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The blocks of hex in section "Worked bytes" of docs/wire-protocol.md, by their number there: W1, W2, and so on. */
final class WorkedBytes {

    private static final Path DOCUMENT = Path.of("docs", "wire-protocol.md");

    private static final Map<String, byte[]> BLOCKS = read();

    private WorkedBytes() {}

    static byte[] block(String number) {
        byte[] bytes = BLOCKS.get(number);
        if (bytes == null) {
            throw new IllegalArgumentException(number + " does not stand in " + DOCUMENT + ", only " + BLOCKS.keySet());
        }
        return bytes.clone();
    }

    static Set<String> numbers() {
        return BLOCKS.keySet();
    }

    private static Map<String, byte[]> read() {
        Map<String, StringBuilder> blocks = new LinkedHashMap<>();
        StringBuilder hex = new StringBuilder();
        for (String line : lines()) {
            if (line.matches("### W\\d+ .*")) {
                hex = new StringBuilder();
                blocks.put(line.substring(4, line.indexOf(' ', 4)), hex);
            } else if (line.matches("([0-9a-f]{2}( |$))+( *\\|.*)?")) {
                hex.append(line.replaceAll("\\|.*", "").replace(" ", ""));
            }
        }
        Map<String, byte[]> bytes = new LinkedHashMap<>();
        blocks.forEach((number, digits) -> bytes.put(number, ByteBufUtil.decodeHexDump(digits)));
        return bytes;
    }

    private static Iterable<String> lines() {
        Path inRoot = Files.exists(DOCUMENT) ? DOCUMENT : Path.of("..").resolve(DOCUMENT);
        try {
            return Files.readAllLines(inRoot);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
