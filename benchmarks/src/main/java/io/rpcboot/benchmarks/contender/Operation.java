package io.rpcboot.benchmarks.contender;

/** One kind of call: the request is built anew each time, and the fields of the reply are read. Safe for use by many threads. */
public interface Operation {

    /**
     * Makes a call and waits for its reply.
     *
     * @throws Exception if the call fails, or its reply is not the right one
     */
    void call() throws Exception;

    /** Makes a call and returns. */
    void call(Completion completion);
}
