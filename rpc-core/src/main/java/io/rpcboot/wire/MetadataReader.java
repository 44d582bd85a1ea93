package io.rpcboot.wire;

import com.google.protobuf.ByteString;
import io.rpcboot.Metadata;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the metadata entries of one header. Entries that are too many, or not valid, do not break the frame: they are left out and
 * reported, so that only the call is refused. Confined to one thread.
 */
final class MetadataReader {

    private final List<Metadata.Entry> entries = new ArrayList<>(0);
    private int limit;
    private int bytes;
    private @Nullable String problem;

    /** Sets the most that the entries of the header may take together. */
    void limit(int maxMetadataBytes) {
        limit = maxMetadataBytes;
        bytes = 0;
        problem = null;
        entries.clear();
    }

    /** Reads the next entry, of which the tag is read. */
    void add(FieldReader fields) {
        int length = fields.length();
        bytes += length;
        int end = fields.index() + length;
        int outerEnd = fields.end(end);
        if (bytes > limit || problem != null) {
            fields.skipToEnd();
        } else {
            addEntry(fields);
        }
        fields.end(outerEnd);
    }

    private void addEntry(FieldReader fields) {
        String key = "";
        String text = "";
        ByteString binary = null;
        while (fields.hasMore()) {
            int tag = fields.tag();
            switch (tag) {
                case HeaderFields.METADATA_KEY -> key = fields.string();
                case HeaderFields.METADATA_TEXT -> {
                    text = fields.string();
                    binary = null;
                }
                case HeaderFields.METADATA_BINARY -> binary = fields.byteString();
                default -> fields.skip(tag);
            }
        }
        try {
            entries.add(binary == null ? new Metadata.Entry.Text(key, text) : new Metadata.Entry.Binary(key, binary));
        } catch (IllegalArgumentException e) {
            problem = e.getMessage();
        }
    }

    /** Hands what was read to the header. */
    void moveTo(Header header) {
        if (bytes == 0 && entries.isEmpty() && problem == null) {
            return;
        }
        if (bytes > limit) {
            header.metadataTooLarge(bytes, limit);
        } else if (problem != null) {
            header.metadataProblem(problem);
        } else {
            header.metadata(Metadata.of(entries));
        }
        entries.clear();
    }
}
