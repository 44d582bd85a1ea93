/** A provider and a consumer without Spring, for peers that speak mprpc. */
@NullMarked
package io.rpcboot.samples.plain;

import org.jspecify.annotations.NullMarked;
