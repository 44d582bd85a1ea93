/** Where services run: the SPI that registries implement, and the two that need none. */
@NullMarked
package io.rpcboot.naming;

import org.jspecify.annotations.NullMarked;
