package io.rpcboot.transport;

import io.rpcboot.wire.Header;
import java.util.BitSet;

/** The methods of a server as one connection may name them: by number once the first reply of a method has told it. Confined to the event loop. */
final class MethodNumbers {

    private final MethodTable methods;
    private final CallerConduct conduct;
    private final BitSet told = new BitSet();

    MethodNumbers(MethodTable methods, CallerConduct conduct) {
        this.methods = methods;
        this.conduct = conduct;
    }

    /** The index of the method that the header names, or why there is none, as in {@link MethodTable#indexOf}. */
    int indexOf(Header header, long now) {
        int index = indexOf(header);
        if (index < 0) {
            conduct.unknownMethod(now);
        } else {
            conduct.knownMethod(now);
        }
        return index;
    }

    /** Whether the services are of the version and group that the header asks for. */
    boolean areWanted(Header header) {
        return methods.isOf(header.version(), header.group());
    }

    private int indexOf(Header header) {
        int number = header.methodId();
        if (number != 0) {
            // Only what was given out on this connection is valid.
            return number > 0 && told.get(number - 1) ? number - 1 : MethodTable.UNKNOWN_METHOD;
        }
        return methods.indexOf(header.serviceName(), header.methodName());
    }

    /** The number to tell the caller in this reply: the method's index plus one in the first reply of a method, 0 later. */
    int firstReplyOf(int method) {
        if (method < 0 || told.get(method)) {
            return 0;
        }
        told.set(method);
        return method + 1;
    }
}
