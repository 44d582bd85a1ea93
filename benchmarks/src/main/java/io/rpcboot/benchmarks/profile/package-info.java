/** Where processor time goes. */
@NullMarked
package io.rpcboot.benchmarks.profile;

import org.jspecify.annotations.NullMarked;
