package io.rpcboot.spring.autoconfigure;

import java.util.List;
import java.util.stream.Collectors;

/** There are keys under {@code rpc.} that mean nothing. */
public final class UnknownKeysException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<UnknownKey> keys;

    UnknownKeysException(List<UnknownKey> keys) {
        super(keys.stream().map(UnknownKey::toString).collect(Collectors.joining("; ")));
        this.keys = List.copyOf(keys);
    }

    /** One line for each key: its name, where it stands, and what may have been meant. */
    public String list() {
        return keys.stream().map(key -> "    " + key).collect(Collectors.joining(System.lineSeparator()));
    }
}
