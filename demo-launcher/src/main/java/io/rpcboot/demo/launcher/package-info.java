/** Starts the whole demo as separate processes, talks to it, and stops it. */
@NullMarked
package io.rpcboot.demo.launcher;

import org.jspecify.annotations.NullMarked;
