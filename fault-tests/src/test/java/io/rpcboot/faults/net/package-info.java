/** The network between two peers, broken at will, and a client that speaks anything. */
@NullMarked
package io.rpcboot.faults.net;

import org.jspecify.annotations.NullMarked;
