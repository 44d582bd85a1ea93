/** Calls on a fixed schedule, and what became of each. */
@NullMarked
package io.rpcboot.faults.load;

import org.jspecify.annotations.NullMarked;
