/** The catalogue: one class for each fault, with the figures it must reach. */
@NullMarked
package io.rpcboot.faults.cases;

import org.jspecify.annotations.NullMarked;
