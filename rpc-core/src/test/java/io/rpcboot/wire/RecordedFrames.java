package io.rpcboot.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Frames as earlier versions wrote them, and what they meant then: a file per version in {@code frames}, a line per frame with number, bytes
 * and event. A file is recorded with a version and never changed.
 */
public final class RecordedFrames {

    private static final List<String> VERSIONS = List.of("0.1.0");

    private RecordedFrames() {}

    /** The frames, by version and number, that are read otherwise today. */
    public static List<String> changed() {
        List<String> changed = new ArrayList<>();
        for (String version : VERSIONS) {
            lines(version).forEach(line -> {
                String[] fields = line.split("\t", 3);
                String now = event(ByteBufUtil.decodeHexDump(fields[1]), fields[2]);
                if (!now.equals(fields[2])) {
                    changed.add(version + ' ' + fields[0] + ": " + now + " (expected: " + fields[2] + ')');
                }
            });
        }
        return changed;
    }

    /** How many frames are recorded. */
    public static int count() {
        return VERSIONS.stream().mapToInt(version -> lines(version).size()).sum();
    }

    private static List<String> lines(String version) {
        try (InputStream file = Objects.requireNonNull(
                RecordedFrames.class.getResourceAsStream("/frames/" + version + ".txt"), "frames of " + version)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("frames of " + version, e);
        }
    }

    private static String event(byte[] frame, String recorded) {
        RecordingSink sink = new RecordingSink();
        ByteBuf in = Unpooled.buffer();
        boolean opens = recorded.startsWith("Hello") || recorded.startsWith("ancestor");
        if (!opens) {
            new FrameEncoder(false).write(in, new Frame.Hello(io.rpcboot.wire.schema.Hello.getDefaultInstance()));
        }
        try {
            new FrameDecoder(FrameLimits.DEFAULT).decode(in.writeBytes(frame), sink);
        } catch (FrameException e) {
            return e.toString();
        }
        List<String> events = sink.events();
        return events.size() == (opens ? 1 : 2) ? withoutIdentity(events.get(events.size() - 1)) : events.toString();
    }

    /** Byte strings print the hash of their identity. */
    private static String withoutIdentity(String event) {
        return event.replaceAll("<ByteString@[0-9a-f]+ ", "<ByteString ");
    }
}
