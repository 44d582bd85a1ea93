/** All that an application imports: annotations, customizers and the kinds of beans that are picked up. */
@NullMarked
package io.rpcboot.spring;

import org.jspecify.annotations.NullMarked;
