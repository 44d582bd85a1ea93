package io.rpcboot.demo.friend;

import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;

/**
 * One user's having another on the friend list, as the database keeps it. Immutable.
 *
 * @param id given by the database; null before it is saved
 * @param userId whose list it is
 * @param friendId who is on it
 */
record Friendship(@Id @Nullable Long id, long userId, long friendId) {

    // Not a second constructor: Spring Data would not know which one to use.
    static Friendship of(long userId, long friendId) {
        return new Friendship(null, userId, friendId);
    }
}
