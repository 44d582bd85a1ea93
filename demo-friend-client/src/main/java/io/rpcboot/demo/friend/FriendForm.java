package io.rpcboot.demo.friend;

import io.rpcboot.demo.proto.GetUserRequest;
import org.jspecify.annotations.Nullable;

/**
 * Who is to become a friend, as it comes over REST. Immutable.
 *
 * @param id wins where both are there
 */
record FriendForm(@Nullable Long id, @Nullable String name) {

    GetUserRequest toRequest() {
        GetUserRequest.Builder request = GetUserRequest.newBuilder();
        if (id != null) {
            request.setId(id);
        } else if (name != null) {
            request.setName(name);
        }
        return request.build();
    }
}
