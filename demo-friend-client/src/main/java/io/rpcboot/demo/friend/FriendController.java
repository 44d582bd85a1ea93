package io.rpcboot.demo.friend;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The friend list of whoever is logged in. Safe for use by many threads. */
@RestController
@RequestMapping("/api/friends")
class FriendController {

    private final FriendLists lists;

    FriendController(FriendLists lists) {
        this.lists = lists;
    }

    @GetMapping
    List<Person> list(HttpServletRequest request) {
        return lists.friendsOf(Visitor.of(request).id());
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Person add(@RequestBody FriendForm form, HttpServletRequest request) {
        return lists.add(Visitor.of(request).id(), form.toRequest());
    }

    @DeleteMapping("/{friendId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable long friendId, HttpServletRequest request) {
        lists.remove(Visitor.of(request).id(), friendId);
    }
}
