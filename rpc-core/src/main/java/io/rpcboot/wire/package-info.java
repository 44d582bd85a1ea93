/** Frames to bytes and back, as {@code docs/wire-protocol.md} specifies them; no I/O. */
@NullMarked
package io.rpcboot.wire;

import org.jspecify.annotations.NullMarked;
