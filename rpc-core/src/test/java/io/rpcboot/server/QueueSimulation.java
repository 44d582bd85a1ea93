package io.rpcboot.server;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * A service with a queue on a clock of its own: random arrivals, workers that take as long as they are told, callers that give up after a
 * second. The same seed gives the same run.
 */
final class QueueSimulation {

    static final long MILLI = 1_000_000;
    static final long SECOND = 1000 * MILLI;
    private static final long DEADLINE = SECOND;

    /** Which call a worker takes. */
    enum Order {
        FIFO,
        /** The newest first while the queue is overloaded. */
        ADAPTIVE_LIFO
    }

    private final Random random;
    private final CoDel delay;
    private final Order order;
    private final int workers;
    private final long work;
    private final boolean randomWork;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final PriorityQueue<Long> busyUntil = new PriorityQueue<>();

    private final long[] succeeded = new long[200];
    private final long[] refused = new long[200];
    private final long[] tooLate = new long[200];
    private long[] waits = new long[1024];
    private int taken;
    private long[] refusals = new long[1024];
    private int refusalCount;
    private long now;

    QueueSimulation(long seed, Order order, int workers, long workMillis, boolean randomWork) {
        this.random = new Random(seed);
        this.delay = new CoDel(20 * MILLI, 100 * MILLI);
        this.order = order;
        this.workers = workers;
        this.work = workMillis * MILLI;
        this.randomWork = randomWork;
    }

    double capacity() {
        return workers * (double) SECOND / work;
    }

    /** Lets calls arrive at this rate for some seconds, a part of the capacity each. */
    QueueSimulation offer(double load, int seconds) {
        long end = now + seconds * SECOND;
        for (long next = now + gap(load); next < end; next += gap(load)) {
            finishUntil(next);
            now = next;
            arrive();
        }
        finishUntil(end);
        now = end;
        return this;
    }

    private long gap(double load) {
        return (long) (-Math.log(1 - random.nextDouble()) * SECOND / (load * capacity()));
    }

    private void finishUntil(long end) {
        for (Long free; (free = busyUntil.peek()) != null && free <= end; ) {
            now = busyUntil.remove();
            take();
            if (waiting.isEmpty()) {
                delay.emptied(now);
            }
        }
    }

    private void arrive() {
        Waiting oldest = waiting.peekFirst();
        long oldestWaits = oldest == null ? 0 : now - oldest.since;
        if (delay.refusesArrival(waiting.size(), oldestWaits, busyUntil.size() >= workers, now)) {
            refuse(now);
            for (Waiting head; (head = waiting.peekFirst()) != null && delay.isTooOld(now - head.since); ) {
                refuse(waiting.removeFirst().since);
            }
            return;
        }
        waiting.addLast(new Waiting(now, waiting.size()));
        if (busyUntil.size() < workers) {
            take();
        }
    }

    private void take() {
        while (!waiting.isEmpty()) {
            Waiting oldest = waiting.getFirst();
            boolean refuses = delay.refusesTaken(
                    now - oldest.since, oldest.ahead, waiting.size() - 1, busyUntil.size() + 1 >= workers, now);
            boolean newest = order == Order.ADAPTIVE_LIFO && delay.isOverloaded();
            if (newest && refuses) {
                refuse(waiting.removeFirst().since);
                continue;
            }
            long arrivedAt = (newest ? waiting.removeLast() : waiting.removeFirst()).since;
            if (refuses) {
                refuse(arrivedAt);
            } else if (now - arrivedAt >= DEADLINE) {
                tooLate[second(now)]++;
            } else {
                run(arrivedAt);
                return;
            }
        }
    }

    private void run(long arrivedAt) {
        long end = now + (randomWork ? (long) (-Math.log(1 - random.nextDouble()) * work) : work);
        busyUntil.add(end);
        waits = add(waits, taken++, now - arrivedAt);
        if (end - arrivedAt < DEADLINE) {
            succeeded[second(end)]++;
        }
    }

    private void refuse(long arrivedAt) {
        refused[second(now)]++;
        refusals = add(refusals, refusalCount++, now - arrivedAt);
    }

    private static long[] add(long[] list, int index, long value) {
        long[] target = index < list.length ? list : Arrays.copyOf(list, 2 * index);
        target[index] = value;
        return target;
    }

    private static int second(long time) {
        return (int) (time / SECOND);
    }

    /** The least successes of any second from the first one to before the last one. */
    long leastSucceeded(int from, int to) {
        return Arrays.stream(succeeded, from, to).min().orElseThrow();
    }

    long succeeded(int from, int to) {
        return Arrays.stream(succeeded, from, to).sum();
    }

    long refused(int from, int to) {
        return Arrays.stream(refused, from, to).sum();
    }

    long tooLate() {
        return Arrays.stream(tooLate).sum();
    }

    double waitMillis(double quantile) {
        return quantile(waits, taken, quantile);
    }

    double refusalMillis(double quantile) {
        return quantile(refusals, refusalCount, quantile);
    }

    private static double quantile(long[] all, int count, double quantile) {
        if (count == 0) {
            return 0;
        }
        long[] sorted = Arrays.copyOf(all, count);
        Arrays.sort(sorted);
        return sorted[(int) Math.min(count - 1, count * quantile)] / (double) MILLI;
    }

    private record Waiting(long since, int ahead) {}

    @Override
    public String toString() {
        return order + " " + workers + "x" + work / MILLI + "ms" + (randomWork ? " random" : "") + ": capacity "
                + (long) capacity() + "/s, refused " + refused(0, 200) + ", too late " + tooLate()
                + ", wait p50 " + waitMillis(0.5) + " p99 " + waitMillis(0.99) + " ms, refusal p50 "
                + refusalMillis(0.5)
                + " p99 " + refusalMillis(0.99) + " ms";
    }
}
