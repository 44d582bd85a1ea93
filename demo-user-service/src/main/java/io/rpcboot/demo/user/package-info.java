/** The demo's provider: users in a database, offered by RPC. */
@NullMarked
package io.rpcboot.demo.user;

import org.jspecify.annotations.NullMarked;
