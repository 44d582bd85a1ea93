package io.rpcboot.transport;

/** Which methods a server offers, by a number that stands for the method on the wire. Immutable. */
public interface MethodTable {

    int UNKNOWN_SERVICE = -1;
    int UNKNOWN_METHOD = -2;

    /** The index of the method, or {@link #UNKNOWN_SERVICE} or {@link #UNKNOWN_METHOD}. */
    int indexOf(String service, String method);

    /** As {@link #indexOf}, for a caller that speaks mprpc and names the service without its package, or by another name still. */
    default int mprpcIndexOf(String service, String method) {
        return UNKNOWN_SERVICE;
    }

    /** Whether the services are of this version and this group, where empty stands for any; of each unless said otherwise. */
    default boolean isOf(String version, String group) {
        return true;
    }
}
