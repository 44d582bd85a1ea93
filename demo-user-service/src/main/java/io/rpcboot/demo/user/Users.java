package io.rpcboot.demo.user;

import io.rpcboot.RpcException;
import io.rpcboot.RpcStatus;
import io.rpcboot.demo.proto.GetUserRequest;
import io.rpcboot.demo.proto.GetUserResponse;
import io.rpcboot.demo.proto.LoginRequest;
import io.rpcboot.demo.proto.LoginResponse;
import io.rpcboot.demo.proto.RegisterRequest;
import io.rpcboot.demo.proto.RegisterResponse;
import io.rpcboot.demo.proto.UserService;
import io.rpcboot.spring.RpcService;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;

/** The user service over its database. Safe for use by many threads. */
@RpcService
class Users implements UserService {

    private final Accounts accounts;
    private final Passwords passwords;
    private final InstanceName instance;

    Users(Accounts accounts, Passwords passwords, InstanceName instance) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.instance = instance;
    }

    @Override
    public LoginResponse login(LoginRequest request) {
        Account account = authenticate(request.getName().strip(), request.getPassword())
                .orElseThrow(() -> new RpcException(RpcStatus.UNAUTHENTICATED, "name or password is wrong"));
        return LoginResponse.newBuilder()
                .setUser(account.toUser())
                .setServedBy(instance.toString())
                .build();
    }

    private Optional<Account> authenticate(String name, String password) {
        Optional<Account> known = accounts.findByName(name);
        boolean matches = passwords.matches(password, known.map(Account::passwordHash));
        return known.filter(account -> matches);
    }

    @Override
    public RegisterResponse register(RegisterRequest request) {
        Credentials credentials = Credentials.of(request.getName(), request.getPassword());
        Account account = save(new Account(null, credentials.name(), passwords.hash(credentials.password())));
        return RegisterResponse.newBuilder()
                .setUser(account.toUser())
                .setServedBy(instance.toString())
                .build();
    }

    private Account save(Account account) {
        try {
            return accounts.save(account);
        } catch (DuplicateKeyException e) {
            throw new RpcException(RpcStatus.ALREADY_EXISTS, "the name is taken: " + account.name(), e);
        }
    }

    @Override
    public GetUserResponse getUser(GetUserRequest request) {
        Account account = find(request)
                .orElseThrow(() -> new RpcException(RpcStatus.NOT_FOUND, "no such user: " + wanted(request)));
        return GetUserResponse.newBuilder()
                .setUser(account.toUser())
                .setServedBy(instance.toString())
                .build();
    }

    private Optional<Account> find(GetUserRequest request) {
        return switch (request.getKeyCase()) {
            case ID -> accounts.findById(request.getId());
            case NAME -> accounts.findByName(request.getName().strip());
            case KEY_NOT_SET -> throw new RpcException(RpcStatus.INVALID_ARGUMENT, "neither id nor name is set");
        };
    }

    private static String wanted(GetUserRequest request) {
        return request.hasName() ? request.getName() : "id " + request.getId();
    }
}
