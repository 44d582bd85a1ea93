/** What an application tells of its calls and of its server: metrics and health. */
@NullMarked
package io.rpcboot.spring.actuate;

import org.jspecify.annotations.NullMarked;
