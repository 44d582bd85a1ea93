/** The demo's consumer: friend lists over REST and a page, with names and logins by RPC. */
@NullMarked
package io.rpcboot.demo.friend;

import org.jspecify.annotations.NullMarked;
