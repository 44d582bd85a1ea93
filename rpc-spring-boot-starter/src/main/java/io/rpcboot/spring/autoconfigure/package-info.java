/** Decides what an application gets and with which values. Nobody else knows the properties, and nobody imports this package. */
@NullMarked
package io.rpcboot.spring.autoconfigure;

import org.jspecify.annotations.NullMarked;
