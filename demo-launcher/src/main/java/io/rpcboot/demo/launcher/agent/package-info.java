/** What runs inside the processes that the launcher starts. */
@NullMarked
package io.rpcboot.demo.launcher.agent;

import org.jspecify.annotations.NullMarked;
