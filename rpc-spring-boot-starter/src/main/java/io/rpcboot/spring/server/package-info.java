/** The server in an application's life: which beans it offers, when it starts, announces itself and stops. */
@NullMarked
package io.rpcboot.spring.server;

import org.jspecify.annotations.NullMarked;
