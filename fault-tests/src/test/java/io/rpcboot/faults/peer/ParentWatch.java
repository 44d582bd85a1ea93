package io.rpcboot.faults.peer;

/** Ends this process when the one that started it ends, so that no peer is left behind. */
final class ParentWatch {

    private ParentWatch() {}

    static void start() {
        ProcessHandle.current()
                .parent()
                .ifPresent(parent ->
                        parent.onExit().thenRun(() -> Runtime.getRuntime().halt(1)));
    }
}
