package io.rpcboot.benchmarks.contender.raw;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.netty.buffer.ByteBuf;
import io.rpcboot.benchmarks.contender.Messages;
import io.rpcboot.demo.proto.EchoRequest;
import io.rpcboot.demo.proto.EchoResponse;
import io.rpcboot.demo.proto.LoginRequest;
import io.rpcboot.demo.proto.LoginResponse;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The messages themselves, through an array that is used again and again. */
final class ProtobufBodies implements RawBodies {

    private byte[] array = new byte[4096];

    @Override
    public void writeRequest(byte operation, ByteString payload, ByteBuf out) {
        write(operation == LOGIN ? Messages.loginRequest() : Messages.echoRequest(payload), out);
    }

    @Override
    public void answer(byte operation, ByteBuf request, int bytes, ByteBuf out) {
        if (operation == LOGIN) {
            write(Messages.login(read(LoginRequest.parser(), request, bytes)), out);
        } else {
            write(Messages.echo(read(EchoRequest.parser(), request, bytes)), out);
        }
    }

    @Override
    public void readReply(byte operation, ByteString payload, ByteBuf reply, int bytes) {
        if (operation == LOGIN) {
            Messages.check(read(LoginResponse.parser(), reply, bytes));
        } else {
            Messages.check(read(EchoResponse.parser(), reply, bytes), payload);
        }
    }

    private void write(MessageLite message, ByteBuf out) {
        int size = message.getSerializedSize();
        try {
            CodedOutputStream stream = CodedOutputStream.newInstance(array(size), 0, size);
            message.writeTo(stream);
            stream.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.writeBytes(array, 0, size);
    }

    private <T> T read(Parser<T> parser, ByteBuf in, int bytes) {
        in.readBytes(array(bytes), 0, bytes);
        try {
            return parser.parseFrom(CodedInputStream.newInstance(array, 0, bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] array(int bytes) {
        if (array.length < bytes) {
            array = new byte[Math.max(bytes, 2 * array.length)];
        }
        return array;
    }
}
