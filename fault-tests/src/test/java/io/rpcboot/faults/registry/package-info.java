/** ZooKeeper, started, stopped and tampered with. */
@NullMarked
package io.rpcboot.faults.registry;

import org.jspecify.annotations.NullMarked;
