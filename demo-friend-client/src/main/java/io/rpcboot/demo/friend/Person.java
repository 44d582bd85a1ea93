package io.rpcboot.demo.friend;

import io.rpcboot.demo.proto.User;

/**
 * A user in an answer over REST. Immutable.
 *
 * @param servedBy the instance of the user service that told
 */
record Person(long id, String name, String servedBy) {

    static Person of(User user, String servedBy) {
        return new Person(user.getId(), user.getName(), servedBy);
    }
}
