package io.rpcboot.demo.friend;

import io.rpcboot.RpcException;
import io.rpcboot.RpcStatus;
import io.rpcboot.demo.proto.GetUserRequest;
import io.rpcboot.demo.proto.GetUserResponse;
import io.rpcboot.demo.proto.UserService;
import io.rpcboot.demo.proto.UserServiceAsync;
import io.rpcboot.spring.RpcReference;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;

/** Who is on whose list: the ids from the own database, the names from the user service. Safe for use by many threads. */
@Service
class FriendLists {

    private final Friendships friendships;
    private final UserService users;
    private final UserServiceAsync asyncUsers;

    FriendLists(Friendships friendships, @RpcReference UserService users, @RpcReference UserServiceAsync asyncUsers) {
        this.friendships = friendships;
        this.users = users;
        this.asyncUsers = asyncUsers;
    }

    /** A user's friends, in the order they were added. All names are asked for at once. */
    List<Person> friendsOf(long userId) {
        List<CompletableFuture<GetUserResponse>> replies = friendships.findByUserIdOrderById(userId).stream()
                .map(friendship -> asyncUsers.getUser(byId(friendship.friendId())))
                .toList();
        return replies.stream()
                .map(CompletableFuture::join)
                .map(FriendLists::person)
                .toList();
    }

    /**
     * Puts a friend on the list.
     *
     * @throws RpcException NOT_FOUND if there is no such user, INVALID_ARGUMENT if it is the user itself, ALREADY_EXISTS if the friend is on
     *     the list already
     */
    Person add(long userId, GetUserRequest wanted) {
        Person friend = person(users.getUser(wanted));
        if (friend.id() == userId) {
            throw new RpcException(RpcStatus.INVALID_ARGUMENT, "that is you (expected: another user)");
        }
        try {
            friendships.save(Friendship.of(userId, friend.id()));
        } catch (DuplicateKeyException e) {
            throw new RpcException(RpcStatus.ALREADY_EXISTS, friend.name() + " is on the list already", e);
        }
        return friend;
    }

    /**
     * Takes a friend off the list.
     *
     * @throws RpcException NOT_FOUND if the friend is not on it
     */
    void remove(long userId, long friendId) {
        if (friendships.remove(userId, friendId) == 0) {
            throw new RpcException(RpcStatus.NOT_FOUND, "not on the list: user " + friendId);
        }
    }

    private static GetUserRequest byId(long id) {
        return GetUserRequest.newBuilder().setId(id).build();
    }

    private static Person person(GetUserResponse reply) {
        return Person.of(reply.getUser(), reply.getServedBy());
    }
}
