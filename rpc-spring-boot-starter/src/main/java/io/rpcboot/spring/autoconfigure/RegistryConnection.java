package io.rpcboot.spring.autoconfigure;

import java.util.function.BooleanSupplier;

/** Tells whether the registry can be reached now; answers at once. */
interface RegistryConnection extends BooleanSupplier {}
