package io.rpcboot;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Headers that travel with a call or a reply: trace context, credentials, tags. A key may stand more than once; order is kept. Keys are
 * lower-case ASCII letters, digits, {@code -}, {@code _} and {@code .}. All of it together is limited on the wire (8 KiB by default).
 * Immutable.
 */
public final class Metadata {

    public static final Metadata EMPTY = new Metadata(List.of());

    private final List<Entry> entries;

    private Metadata(List<Entry> entries) {
        this.entries = entries;
    }

    /** Metadata with these entries, in this order. */
    public static Metadata of(List<Entry> entries) {
        return entries.isEmpty() ? EMPTY : new Metadata(List.copyOf(entries));
    }

    /** Metadata with one text entry. */
    public static Metadata of(String key, String text) {
        return EMPTY.with(key, text);
    }

    public List<Entry> entries() {
        return entries;
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** The first text under this key, or null. */
    public @Nullable String text(String key) {
        for (Entry entry : entries) {
            if (entry instanceof Entry.Text text && text.key().equals(key)) {
                return text.value();
            }
        }
        return null;
    }

    /** The first bytes under this key, or null. */
    public @Nullable ByteString binary(String key) {
        for (Entry entry : entries) {
            if (entry instanceof Entry.Binary binary && binary.key().equals(key)) {
                return binary.value();
            }
        }
        return null;
    }

    /** This metadata and one more text entry. */
    public Metadata with(String key, String text) {
        return plus(new Entry.Text(key, text));
    }

    /** This metadata and one more binary entry. */
    public Metadata with(String key, ByteString binary) {
        return plus(new Entry.Binary(key, binary));
    }

    /** The entries of this, then those of the other. */
    public Metadata with(Metadata other) {
        if (other.isEmpty()) {
            return this;
        }
        if (isEmpty()) {
            return other;
        }
        List<Entry> all = new ArrayList<>(entries);
        all.addAll(other.entries);
        return of(all);
    }

    private Metadata plus(Entry entry) {
        List<Entry> all = new ArrayList<>(entries.size() + 1);
        all.addAll(entries);
        all.add(entry);
        return of(all);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Metadata that && entries.equals(that.entries);
    }

    @Override
    public int hashCode() {
        return entries.hashCode();
    }

    /** Keys only: values may be credentials. */
    @Override
    public String toString() {
        return entries.stream().map(Entry::key).toList().toString();
    }

    /** One header. */
    public sealed interface Entry {

        String key();

        /** A header whose value is text. */
        record Text(String key, String value) implements Entry {
            public Text {
                checkKey(key);
                Objects.requireNonNull(value, "value");
            }
        }

        /** A header whose value is bytes. */
        record Binary(String key, ByteString value) implements Entry {
            public Binary {
                checkKey(key);
                Objects.requireNonNull(value, "value");
            }
        }

        private static void checkKey(String key) {
            boolean valid = !key.isEmpty() && key.chars().allMatch(Entry::isKeyCharacter);
            if (!valid) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "metadata key: '%s' (expected: lower-case ASCII letters, digits, '-', '_' and '.')",
                        key));
            }
        }

        private static boolean isKeyCharacter(int c) {
            return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.';
        }
    }
}
