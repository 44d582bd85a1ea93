/** Naming in ZooKeeper: announces endpoints as ephemeral nodes and resolves services by watching them. Needs no Spring type. */
@NullMarked
package io.rpcboot.spring.zookeeper;

import org.jspecify.annotations.NullMarked;
