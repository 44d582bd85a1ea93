/** What both sides know of a service: its methods, and the bindings that generated code gives to clients and servers. */
@NullMarked
package io.rpcboot.contract;

import org.jspecify.annotations.NullMarked;
