package io.rpcboot.demo.user;

import io.rpcboot.demo.proto.User;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;

/**
 * A registered user as the database keeps it. Immutable.
 *
 * @param id given by the database; null before the account is saved
 * @param name unique
 * @param passwordHash with the name of its algorithm in front, {@code {bcrypt}$2a$...}
 */
record Account(@Id @Nullable Long id, String name, String passwordHash) {

    /** What others may see of it. */
    User toUser() {
        if (id == null) {
            throw new IllegalStateException("account " + name + " has no id yet (expected: a saved account)");
        }
        return User.newBuilder().setId(id).setName(name).build();
    }
}
