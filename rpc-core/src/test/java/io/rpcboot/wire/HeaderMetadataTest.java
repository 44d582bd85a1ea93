package io.rpcboot.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.rpcboot.Metadata;
import io.rpcboot.wire.schema.MetadataEntry;
import io.rpcboot.wire.schema.RpcHeader;
import org.junit.jupiter.api.Test;

class HeaderMetadataTest {

    @Test
    void entriesKeepTheirOrderAndKind() {
        Metadata metadata = Metadata.of("tag", "a")
                .with("sig-bin", ByteString.copyFromUtf8("b"))
                .with("tag", "")
                .with("empty-bin", ByteString.EMPTY);

        Header read = Headers.read(Headers.write(new Header().metadata(metadata)));

        assertThat(read.metadata()).isEqualTo(metadata);
        assertThat(read.metadataProblem()).isNull();
    }

    @Test
    void theSizeIsThatOfTheEntriesAsMessages() {
        Metadata metadata = Metadata.of("tag", "Größe").with("sig-bin", ByteString.copyFrom(new byte[300]));

        int bytes = new Header().metadata(metadata).metadataBytes();

        RpcHeader schema = Headers.toSchema(new Header().metadata(metadata));
        int entries = schema.getMetadataList().stream()
                .mapToInt(MetadataEntry::getSerializedSize)
                .sum();
        assertThat(bytes).isEqualTo(entries);
    }

    @Test
    void metadataAtTheLimitIsRead() {
        Metadata metadata = Metadata.of("a", "x".repeat(8192 - 6));
        Header header = new Header().metadata(metadata);
        assertThat(header.metadataBytes()).isEqualTo(8192);

        Header read = Headers.read(Headers.write(header));

        assertThat(read.metadataTooLarge()).isFalse();
        assertThat(read.metadata()).isEqualTo(metadata);
    }

    @Test
    void metadataOverTheLimitIsLeftOutAndTheRestOfTheHeaderRead() {
        Metadata metadata = Metadata.of("a", "x".repeat(4000)).with("b", "x".repeat(4182));

        Header read = Headers.read(
                Headers.write(new Header().callId(7).metadata(metadata).encoding(1)));

        assertThat(read.metadataTooLarge()).isTrue();
        assertThat(read.metadataProblem()).isEqualTo("metadata of 8194 bytes (expected: at most 8192)");
        assertThat(read.metadata()).isEqualTo(Metadata.EMPTY);
        assertThat(read.callId()).isEqualTo(7);
        assertThat(read.encoding()).isEqualTo(1);
    }

    @Test
    void anInvalidKeyIsReportedAndTheRestOfTheHeaderRead() {
        RpcHeader schema = RpcHeader.newBuilder()
                .setCallId(7)
                .addMetadata(MetadataEntry.newBuilder().setKey("ok").setText("1"))
                .addMetadata(MetadataEntry.newBuilder().setKey("Trace\r\n").setText("2"))
                .build();

        Header read = Headers.read(schema.toByteArray());

        assertThat(read.metadataTooLarge()).isFalse();
        assertThat(read.metadataProblem()).contains("metadata key").contains("expected: lower-case");
        assertThat(read.metadata()).isEqualTo(Metadata.EMPTY);
        assertThat(read.callId()).isEqualTo(7);
    }

    @Test
    void aProblemDoesNotPassToTheNextFrame() {
        HeaderReader reader = new HeaderReader();
        Header header = new Header();
        byte[] bad = {(byte) 0xc2, 1, 0};
        byte[] good = Headers.write(new Header().metadata(Metadata.of("a", "b")));

        reader.read(io.netty.buffer.Unpooled.wrappedBuffer(bad), 0, bad.length, 100, header);
        reader.read(io.netty.buffer.Unpooled.wrappedBuffer(good), 0, good.length, 100, header);

        assertThat(header.metadataProblem()).isNull();
        assertThat(header.metadata()).isEqualTo(Metadata.of("a", "b"));
    }
}
