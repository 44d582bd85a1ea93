/** Explains why an application did not start: what is wrong, where, and how to mend it. */
@NullMarked
package io.rpcboot.spring.autoconfigure.failure;

import org.jspecify.annotations.NullMarked;
