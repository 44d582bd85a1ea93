/** Clients in an application's life: what is injected where an {@code @RpcReference} stands, and how each service is called. */
@NullMarked
package io.rpcboot.spring.client;

import org.jspecify.annotations.NullMarked;
