/** Providers as processes of their own, and the journal they keep. */
@NullMarked
package io.rpcboot.faults.peer;

import org.jspecify.annotations.NullMarked;
