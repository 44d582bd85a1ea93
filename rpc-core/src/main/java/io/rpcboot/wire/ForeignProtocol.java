package io.rpcboot.wire;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/** What a peer seems to speak that does not speak this protocol, judged by the first four bytes it sent. */
public enum ForeignProtocol {
    TLS("a TLS hello"),
    HTTP_1("an HTTP/1 request"),
    HTTP_2("the HTTP/2 preface"),
    UNKNOWN("an unknown protocol");

    private static final Set<String> VERBS =
            Set.of("GET ", "HEAD", "POST", "PUT ", "DELE", "CONN", "OPTI", "TRAC", "PATC");

    private final String text;

    ForeignProtocol(String text) {
        this.text = text;
    }

    /** Guesses from the first four bytes, read as a little-endian number. */
    static ForeignProtocol of(int firstBytes) {
        if ((firstBytes & 0xffff) == 0x0316) {
            return TLS;
        }
        String start = ascii(firstBytes);
        if (start.equals("PRI ")) {
            return HTTP_2;
        }
        return VERBS.contains(start) ? HTTP_1 : UNKNOWN;
    }

    private static String ascii(int firstBytes) {
        byte[] bytes = {
            (byte) firstBytes, (byte) (firstBytes >> 8), (byte) (firstBytes >> 16), (byte) (firstBytes >> 24)
        };
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
        return text;
    }
}
