package io.rpcboot.demo.friend;

import java.util.List;
import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.CrudRepository;

/** The friend lists in the database. Safe for use by many threads. */
interface Friendships extends CrudRepository<Friendship, Long> {

    /** A user's friends, in the order they were added. */
    List<Friendship> findByUserIdOrderById(long userId);

    /** Takes a friend off the list and says how many entries that were: 0 or 1. */
    @Modifying
    @Query("delete from friendship where user_id = :userId and friend_id = :friendId")
    int remove(long userId, long friendId);
}
