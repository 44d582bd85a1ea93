/** Tables, a CSV file and pictures of what was measured. */
@NullMarked
package io.rpcboot.benchmarks.report;

import org.jspecify.annotations.NullMarked;
