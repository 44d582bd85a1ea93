package io.rpcboot.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.rpcboot.wire.schema.MetadataEntry;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MessageCodecTest {

    private static final int[] SIZES = {0, 2, 100, 4095, 4096, 4097, 40_000, 1_000_000};

    private enum Storage implements Supplier<ByteBuf> {
        HEAP {
            @Override
            public ByteBuf get() {
                return ByteBufAllocator.DEFAULT.heapBuffer(16);
            }
        },
        HEAP_SLICE {
            @Override
            public ByteBuf get() {
                return Unpooled.buffer(1_000_100).slice(50, 1_000_050).clear();
            }
        },
        DIRECT {
            @Override
            public ByteBuf get() {
                return ByteBufAllocator.DEFAULT.directBuffer(16);
            }
        },
        COMPOSITE {
            @Override
            public ByteBuf get() {
                CompositeByteBuf parts = ByteBufAllocator.DEFAULT.compositeDirectBuffer();
                ByteBufAllocator from = ByteBufAllocator.DEFAULT;
                return parts.addComponents(
                                true,
                                from.directBuffer().writeZero(7),
                                from.directBuffer().writeZero(9))
                        .readerIndex(16);
            }
        }
    }

    static Stream<Arguments> cases() {
        return Stream.of(Storage.values())
                .flatMap(storage -> java.util.Arrays.stream(SIZES).mapToObj(size -> Arguments.of(storage, size)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void whatIsWrittenIsRead(Storage storage, int size) throws InvalidProtocolBufferException {
        MetadataEntry message = messageOf(size);
        ByteBuf buffer = storage.get();

        MessageCodec.write(message, size, buffer);
        assertThat(buffer.readableBytes()).isEqualTo(size);
        byte[] written = new byte[size];
        buffer.getBytes(buffer.readerIndex(), written);
        MetadataEntry read = MessageCodec.read(MetadataEntry.parser(), buffer);

        assertThat(written).isEqualTo(message.toByteArray());
        assertThat(read).isEqualTo(message);
        assertThat(buffer.isReadable()).isFalse();
        assertThat(buffer.release()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theMessageSharesNothingThatChangesLater(Storage storage, int size) throws InvalidProtocolBufferException {
        MetadataEntry message = messageOf(size);
        ByteBuf buffer = storage.get();
        MessageCodec.write(message, size, buffer);
        int start = buffer.readerIndex();

        MetadataEntry read = MessageCodec.read(MetadataEntry.parser(), buffer);
        buffer.setZero(start, size);
        MetadataEntry other = messageOf(100, 2);
        ByteBuf direct = Unpooled.directBuffer();
        MessageCodec.write(other, 100, direct);

        assertThat(MessageCodec.read(MetadataEntry.parser(), direct)).isEqualTo(other);
        assertThat(read).isEqualTo(message);
        direct.release();
        buffer.release();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aCutMessageIsRefused(Storage storage, int size) {
        ByteBuf buffer = storage.get();
        MessageCodec.write(messageOf(size), size, buffer);
        buffer.writerIndex(buffer.writerIndex() - Math.min(1, size));

        if (size > 0) {
            assertThatThrownBy(() -> MessageCodec.read(MetadataEntry.parser(), buffer))
                    .isInstanceOf(InvalidProtocolBufferException.class);
        }

        buffer.release();
    }

    @Test
    void aLargeMessageThatEndsWithinAGroupIsRefused() {
        byte[] entry = messageOf(5000).toByteArray();
        ByteBuf buffer = Unpooled.wrappedBuffer(entry, new byte[] {0x24}); // end of a group that never began

        assertThatThrownBy(() -> MessageCodec.read(MetadataEntry.parser(), buffer))
                .isInstanceOf(InvalidProtocolBufferException.class);
    }

    @Test
    void aMessageThatNestsTooDeepIsRefused() {
        ByteBuf nested = Unpooled.buffer();
        for (int i = 0; i < 100_000; i++) {
            nested.writeByte(0x23); // start of group 4
        }

        assertThatThrownBy(() -> MessageCodec.read(MetadataEntry.parser(), nested))
                .isInstanceOf(InvalidProtocolBufferException.class);
    }

    @Test
    void aSizeThatIsNotTheMessagesLeavesTheBufferAsItWas() {
        for (Storage storage : Storage.values()) {
            ByteBuf buffer = storage.get();

            assertThatThrownBy(() -> MessageCodec.write(messageOf(100), 99, buffer))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("not of the size it said");

            assertThat(buffer.isReadable()).isFalse();
            buffer.release();
        }
    }

    private static MetadataEntry messageOf(int size) {
        return messageOf(size, 1);
    }

    private static MetadataEntry messageOf(int size, long seed) {
        if (size == 0) {
            return MetadataEntry.getDefaultInstance();
        }
        for (int length = Math.max(0, size - 8); ; length++) {
            byte[] value = new byte[length];
            new Random(seed).nextBytes(value);
            MetadataEntry message = MetadataEntry.newBuilder()
                    .setBinary(ByteString.copyFrom(value))
                    .build();
            if (message.getSerializedSize() == size) {
                return message;
            }
        }
    }
}
