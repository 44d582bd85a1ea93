package io.rpcboot.transport;

import com.google.protobuf.MessageLite;
import com.google.protobuf.UnknownFieldSet;
import io.rpcboot.test.Text;

/** Messages whose bytes a test chooses. */
final class MessageLites {

    private MessageLites() {}

    /** A message whose one field, of number 1, says it is text but holds these bytes, which are not UTF-8 where the test says so. */
    static MessageLite ofBytes(byte[] bytes) {
        return UnknownFieldSet.newBuilder()
                .addField(
                        Text.TEXT_FIELD_NUMBER,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(com.google.protobuf.ByteString.copyFrom(bytes)
                                        .concat(com.google.protobuf.ByteString.copyFrom(new byte[] {(byte) 0xc3})))
                                .build())
                .build();
    }
}
