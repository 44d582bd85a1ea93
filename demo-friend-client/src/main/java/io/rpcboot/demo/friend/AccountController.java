package io.rpcboot.demo.friend;

import io.rpcboot.demo.proto.LoginResponse;
import io.rpcboot.demo.proto.RegisterResponse;
import io.rpcboot.demo.proto.UserService;
import io.rpcboot.spring.RpcReference;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Registers users and logs them in, both by asking the user service. Safe for use by many threads. */
@RestController
@RequestMapping("/api")
class AccountController {

    private final UserService users;

    AccountController(@RpcReference UserService users) {
        this.users = users;
    }

    @PostMapping("/register")
    @ResponseStatus(HttpStatus.CREATED)
    Person register(@RequestBody LoginForm form) {
        RegisterResponse response = users.register(form.toRegistration());
        return Person.of(response.getUser(), response.getServedBy());
    }

    @PostMapping("/login")
    Person login(@RequestBody LoginForm form, HttpServletRequest request) {
        LoginResponse response = users.login(form.toLogin());
        new Visitor(response.getUser().getId(), response.getUser().getName()).logIn(request);
        return Person.of(response.getUser(), response.getServedBy());
    }

    @PostMapping("/logout")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void logout(HttpServletRequest request) {
        Visitor.logOut(request);
    }

    /** Who is logged in, so that the page knows after a reload. */
    @GetMapping("/session")
    Visitor session(HttpServletRequest request) {
        return Visitor.of(request);
    }
}
