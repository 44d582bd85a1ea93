package io.rpcboot.demo.user;

import java.util.Optional;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/** Hashes passwords and checks them. Safe for use by many threads. */
@Component
final class Passwords {

    private final PasswordEncoder encoder = PasswordEncoderFactories.createDelegatingPasswordEncoder();
    private final String hashOfNobody = hash("nobody");

    String hash(String password) {
        String hash = encoder.encode(password);
        if (hash == null) {
            throw new IllegalStateException("the password encoder gave no hash");
        }
        return hash;
    }

    /**
     * Whether the password belongs to the hash. Takes as long without a hash, and is false then, so that the time does not tell who is
     * registered.
     */
    boolean matches(String password, Optional<String> hash) {
        return encoder.matches(password, hash.orElse(hashOfNobody)) && hash.isPresent();
    }
}
