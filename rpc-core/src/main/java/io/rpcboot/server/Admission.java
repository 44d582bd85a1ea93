package io.rpcboot.server;

import io.rpcboot.transport.WorkerThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;

/**
 * Gives each service its queue before the workers, and sees to it that no service holds them all while others wait. Used on one thread while
 * the server is built.
 */
final class Admission {

    /** Of the workers, where nothing is said and there are several services. */
    private static final double SHARE_OF_ONE = 0.8;

    private final ExecutorService workers;
    private final int servicesOnWorkers;
    private final AdmissionOptions options;
    private final List<ServiceQueue> queues = new ArrayList<>();

    Admission(ExecutorService workers, int servicesOnWorkers, AdmissionOptions options) {
        this.workers = workers;
        this.servicesOnWorkers = servicesOnWorkers;
        this.options = options;
    }

    ServiceQueue queue(String service, ServiceOptions settings) {
        ServiceQueue queue = new ServiceQueue(service, workers, share(settings.maxConcurrentCalls()), options);
        queues.add(queue);
        return queue;
    }

    private int share(int configured) {
        int all = WorkerThreads.mostOf(workers);
        if (configured > 0) {
            return Math.min(configured, all);
        }
        return servicesOnWorkers > 1 && all < Integer.MAX_VALUE ? Math.max(1, (int) (all * SHARE_OF_ONE)) : all;
    }

    /** Refuses what still waits: the workers are gone. */
    void close() {
        queues.forEach(ServiceQueue::close);
    }
}
