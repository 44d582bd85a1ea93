package io.rpcboot.balance;

/** An endpoint that may be left out of the choice for a while. */
public interface Ejectable {

    Health health();

    /** Only endpoints of the same group stand in for each other; empty where all do. */
    default String group() {
        return "";
    }
}
