/** What must hold of every history of calls, whatever fault was at work. */
@NullMarked
package io.rpcboot.faults.check;

import org.jspecify.annotations.NullMarked;
