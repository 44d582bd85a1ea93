package io.rpcboot.spring.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfiguration;

/** ZooKeeper as the registry, through the connection that Spring Cloud has. */
@AutoConfiguration(after = RpcAutoConfiguration.class)
public final class RpcZookeeperAutoConfiguration {}
