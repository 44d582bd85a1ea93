package io.rpcboot.faults.registry;

/** A class that only hostile nodes name: whoever loads it did so because a node told him to. */
final class NamedByNodes {

    private NamedByNodes() {}
}
