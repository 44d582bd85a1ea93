package io.rpcboot.benchmarks.process;

import io.rpcboot.benchmarks.load.Calls;
import io.rpcboot.benchmarks.load.Usage;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/** Calls as a line between processes. */
final class CallsLine {

    private CallsLine() {}

    static String write(Calls calls) {
        ByteBuffer buffer = ByteBuffer.allocate(calls.latencies().getNeededByteBufferCapacity());
        int bytes = calls.latencies().encodeIntoCompressedByteBuffer(buffer);
        byte[] histogram = new byte[bytes];
        buffer.flip().get(histogram);
        return calls.failed() + " " + calls.nanos() + " " + UsageLine.write(calls.usage()) + " "
                + Base64.getEncoder().encodeToString(histogram);
    }

    static Calls read(String line) {
        String[] words = line.split(" ");
        ByteBuffer histogram = ByteBuffer.wrap(Base64.getDecoder().decode(words[4]));
        try {
            return new Calls(
                    Histogram.decodeFromCompressedByteBuffer(histogram, 0),
                    Long.parseLong(words[0]),
                    Long.parseLong(words[1]),
                    new Usage(Long.parseLong(words[2]), Long.parseLong(words[3])));
        } catch (DataFormatException e) {
            throw new IllegalArgumentException("not calls: " + line, e);
        }
    }
}
