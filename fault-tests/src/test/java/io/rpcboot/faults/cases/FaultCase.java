package io.rpcboot.faults.cases;

import io.rpcboot.faults.net.UnsupportedMachineException;
import java.util.List;

/** One fault under load, and what callers may notice of it. Used by one thread. */
public interface FaultCase {

    /** Its id in the catalogue, {@code D1} for instance. */
    String id();

    /** What is done, in one sentence. */
    String description();

    /**
     * Runs the case.
     *
     * @return what was measured, in the order of importance
     * @throws UnsupportedMachineException if the fault cannot be made on this machine: the case is skipped
     * @throws VoidRunException if the load failed before there was a fault
     * @throws Exception if the case could not be run to its end, which counts as failed
     */
    List<Figure> run(Stage stage) throws Exception;
}
