package io.rpcboot.spring.zookeeper;

/** How mprpc peers name services where nothing else is said. */
public final class MprpcNames {

    private MprpcNames() {}

    /** The part after the last dot: the package never travels. */
    public static String shortName(String fullName) {
        return fullName.substring(fullName.lastIndexOf('.') + 1);
    }
}
