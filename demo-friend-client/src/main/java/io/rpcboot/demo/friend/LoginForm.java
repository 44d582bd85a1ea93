package io.rpcboot.demo.friend;

import io.rpcboot.demo.proto.LoginRequest;
import io.rpcboot.demo.proto.RegisterRequest;
import org.jspecify.annotations.Nullable;

/** Name and password as they come over REST. What is absent counts as empty, which the user service refuses. Immutable. */
record LoginForm(@Nullable String name, @Nullable String password) {

    LoginRequest toLogin() {
        return LoginRequest.newBuilder()
                .setName(orEmpty(name))
                .setPassword(orEmpty(password))
                .build();
    }

    RegisterRequest toRegistration() {
        return RegisterRequest.newBuilder()
                .setName(orEmpty(name))
                .setPassword(orEmpty(password))
                .build();
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** Without the password, which must not get into a log. */
    @Override
    public String toString() {
        return "LoginForm[name=" + name + ']';
    }
}
