package io.rpcboot.balance;

/** An endpoint that may be left out of the choice for a while. */
public interface Ejectable {

    Health health();
}
