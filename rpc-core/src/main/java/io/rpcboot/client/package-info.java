/** From a Java call to the right connection. */
@NullMarked
package io.rpcboot.client;

import org.jspecify.annotations.NullMarked;
