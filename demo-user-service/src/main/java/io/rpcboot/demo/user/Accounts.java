package io.rpcboot.demo.user;

import java.util.Optional;
import org.springframework.data.repository.CrudRepository;

/** The accounts in the database. Safe for use by many threads. */
interface Accounts extends CrudRepository<Account, Long> {

    Optional<Account> findByName(String name);
}
