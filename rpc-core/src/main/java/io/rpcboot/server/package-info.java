/** From a request to the user's object. */
@NullMarked
package io.rpcboot.server;

import org.jspecify.annotations.NullMarked;
