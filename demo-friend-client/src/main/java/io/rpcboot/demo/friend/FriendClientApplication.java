package io.rpcboot.demo.friend;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the friend lists: REST under {@code /api} and a page at {@code /}. */
@SpringBootApplication
public class FriendClientApplication {

    public static void main(String[] args) {
        SpringApplication.run(FriendClientApplication.class, args);
    }
}
