package io.rpcboot.spring.test;

import io.rpcboot.spring.RpcService;

/** The user service as one that is offered. */
@RpcService
public class Users extends PlainUsers {

    public Users() {
        super("users");
    }
}
