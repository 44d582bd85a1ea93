/** Which endpoint serves a call. */
@NullMarked
package io.rpcboot.balance;

import org.jspecify.annotations.NullMarked;
