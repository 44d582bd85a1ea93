package io.rpcboot.demo.launcher.agent;

import sun.misc.Signal;
import sun.misc.SignalHandler;

/** Ties a process to the launcher: it ends when the launcher ends, even by force, and leaves the order of the stop to it. */
public final class LauncherWatch {

    private LauncherWatch() {}

    /** Runs before the application's main method. The argument is the launcher's process id. */
    public static void premain(String launcherPid) {
        // A terminal sends Ctrl-C to all processes at once; the launcher then stops them one after the other.
        Signal.handle(new Signal("INT"), SignalHandler.SIG_IGN);
        ProcessHandle.of(Long.parseLong(launcherPid)).ifPresentOrElse(LauncherWatch::follow, LauncherWatch::end);
    }

    private static void follow(ProcessHandle launcher) {
        launcher.onExit().thenRun(LauncherWatch::end);
    }

    private static void end() {
        System.exit(1);
    }
}
