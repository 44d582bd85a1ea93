package io.rpcboot.benchmarks.contender;

import com.google.protobuf.ByteString;
import io.rpcboot.demo.proto.EchoRequest;
import io.rpcboot.demo.proto.EchoResponse;
import io.rpcboot.demo.proto.LoginRequest;
import io.rpcboot.demo.proto.LoginResponse;
import io.rpcboot.demo.proto.User;
import java.util.Random;

/** The messages that all contenders send: a login request of 41 bytes, its reply of 64 bytes, and echoes. */
public final class Messages {

    private static final String NAME = "user.name-0000001";
    private static final String PASSWORD = "password-00000000001";
    private static final String SERVED_BY = "instance-1.demo-user-service.local-8001";
    private static final long USER_ID = 1234;

    private Messages() {}

    public static LoginRequest loginRequest() {
        return LoginRequest.newBuilder().setName(NAME).setPassword(PASSWORD).build();
    }

    /** What a server answers; it reads the request for that. */
    public static LoginResponse login(LoginRequest request) {
        if (request.getPassword().length() != PASSWORD.length()) {
            throw new IllegalArgumentException("not the password that the client sends: " + request);
        }
        return LoginResponse.newBuilder()
                .setUser(User.newBuilder().setId(USER_ID).setName(request.getName()))
                .setServedBy(SERVED_BY)
                .build();
    }

    /**
     * Reads the reply as an application would.
     *
     * @throws IllegalStateException if it is not the reply to {@link #loginRequest}
     */
    public static void check(LoginResponse reply) {
        if (reply.getUser().getId() != USER_ID
                || reply.getUser().getName().length() != NAME.length()
                || reply.getServedBy().length() != SERVED_BY.length()) {
            throw new IllegalStateException("not the reply to the request: " + reply);
        }
    }

    /** A payload of this length, the same each time. */
    public static ByteString payload(int bytes) {
        byte[] random = new byte[bytes];
        new Random(bytes).nextBytes(random);
        return ByteString.copyFrom(random);
    }

    public static EchoRequest echoRequest(ByteString payload) {
        return EchoRequest.newBuilder().setPayload(payload).build();
    }

    public static EchoResponse echo(EchoRequest request) {
        return EchoResponse.newBuilder().setPayload(request.getPayload()).build();
    }

    /**
     * Looks at the length and both ends.
     *
     * @throws IllegalStateException if it is not the reply to a request with this payload
     */
    public static void check(EchoResponse reply, ByteString payload) {
        ByteString back = reply.getPayload();
        int last = payload.size() - 1;
        if (back.size() != payload.size()
                || last >= 0 && (back.byteAt(0) != payload.byteAt(0) || back.byteAt(last) != payload.byteAt(last))) {
            throw new IllegalStateException("the reply has other bytes than the request, " + back.size() + " of them");
        }
    }
}
