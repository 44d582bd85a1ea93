package io.rpcboot.transport;

import java.util.HexFormat;

/** What C++ peers put on the wire, as captured between them. */
enum MprpcBytes {
    LOGIN(
            "19000000 0a0e5573657253657276696365527063 12054c6f67696e 1813" + "0a097a68616e672073616e 1206313233343536",
            "0a001001"),
    REGISTER(
            "1c000000 0a0e5573657253657276696365527063 12085265676973746572 1811"
                    + "0814 12056d70727063 1a06363636363636",
            "0a001001"),
    /** Without a field of its own the request takes no bytes, and its size is left out of the header. */
    REGISTER_NOBODY("1a000000 0a0e5573657253657276696365527063 12085265676973746572", ""),
    FRIENDS(
            "23000000 0a0f4669656e6453657276696365527063 120e476574467269656e64734c697374 1803 08e807",
            "0a00 120867616f2079616e67 12086c697520686f6e67 120977616e67207368756f");

    private final byte[] request;
    private final byte[] reply;

    MprpcBytes(String request, String reply) {
        this.request = bytes(request);
        this.reply = bytes(reply);
    }

    /** The bytes that the text shows in hex, blanks aside. */
    static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    byte[] request() {
        return request.clone();
    }

    byte[] reply() {
        return reply.clone();
    }
}
