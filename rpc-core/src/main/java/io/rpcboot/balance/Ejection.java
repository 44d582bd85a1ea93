package io.rpcboot.balance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leaves failing endpoints of one service out of the choice for a while ("outlier ejection" of Envoy, "failure accrual" of Finagle): after some
 * failures in a row, a low rate of success, or nothing but refusals for a while; see {@link EjectionOptions} for the numbers, {@link Verdict}
 * for what is a failure. An endpoint is out for a time that doubles whenever its probe, a single call, fails: up to 4 s in the first minute,
 * up to the longest time later, each time 10 % more or less.
 *
 * <p>Never out are more than half of the endpoints of a group that can take calls, nor the last one. Nothing is left out for failures that most of the
 * others show as well, nor while too few of all endpoints would remain: then the trouble is elsewhere, and calls go on being sent.
 *
 * <p>Safe for use by many threads. While no endpoint is out, a choice costs one volatile read.
 */
public final class Ejection<T extends Ejectable> {

    private static final Logger log = LoggerFactory.getLogger(Ejection.class);

    private final EjectionOptions options;
    private final LongSupplier nanoTime;
    private final DoubleSupplier random;
    private final Runnable onChange;
    private final Object lock = new Object();

    private List<T> members = List.of();
    private volatile boolean anyOut;
    private volatile long probeDueAt;

    /** @param onChange runs, on the thread that reported the end of a call, when {@link #keep} would answer otherwise */
    public Ejection(EjectionOptions options, Runnable onChange) {
        this(options, System::nanoTime, () -> ThreadLocalRandom.current().nextDouble(), onChange);
    }

    Ejection(EjectionOptions options, LongSupplier nanoTime, DoubleSupplier random, Runnable onChange) {
        this.options = options;
        this.nanoTime = nanoTime;
        this.random = random;
        this.onChange = onChange;
    }

    /**
     * The endpoints to choose from, in the given order.
     *
     * @param usable all that can take calls; remembered until the next time
     * @param ready all that there are, whether or not they can
     */
    public List<T> keep(List<T> usable, List<T> ready) {
        synchronized (lock) {
            members = List.copyOf(usable);
            refreshDue();
            Set<String> panicking = members.stream()
                    .filter(one -> one.health().isOut())
                    .map(Ejectable::group)
                    .filter(group -> isPanicking(group, ready))
                    .collect(Collectors.toSet());
            return members.stream()
                    .filter(one -> !one.health().isOut() || panicking.contains(one.group()))
                    .toList();
        }
    }

    /** Whether too few of the group would be left. */
    private boolean isPanicking(String group, List<T> ready) {
        long kept = members.stream()
                .filter(one -> one.group().equals(group) && !one.health().isOut())
                .count();
        long all = ready.stream().filter(one -> one.group().equals(group)).count();
        return kept == 0 || kept < options.panicThreshold() * all;
    }

    /** Whether the next call should be one that sees whether an endpoint works again; mostly false. */
    public boolean isProbeDue() {
        return anyOut && nanoTime.getAsLong() - probeDueAt >= 0;
    }

    /**
     * The endpoint that the next call must go to, to see whether it works again; mostly null. Each answer is for one call.
     *
     * @param suitable whether the call may go to this endpoint at all
     */
    public @Nullable T probe(Predicate<? super T> suitable) {
        long now = nanoTime.getAsLong();
        synchronized (lock) {
            for (T member : members) {
                Health health = member.health();
                if (health.isOut() && now - health.probeDueAt() >= 0 && suitable.test(member)) {
                    health.probe(now);
                    refreshDue();
                    return member;
                }
            }
            return null;
        }
    }

    /** A call to the endpoint has ended. */
    public void ended(T member, Verdict verdict, long sentAt, long now) {
        if (!options.enabled()) {
            return;
        }
        Health.Change change = member.health().ended(verdict, sentAt, now);
        if (change != Health.Change.NONE && apply(change, member, now)) {
            onChange.run();
        }
    }

    /** True if the list of those to choose from changes. */
    private boolean apply(Health.Change change, T member, long now) {
        synchronized (lock) {
            boolean wasOut = member.health().isOut();
            switch (change) {
                case FAILING -> {
                    if (!wasOut && mayGo(member, now)) {
                        leaveOut(member, now);
                    }
                }
                case PROBE_FAILED -> leaveOut(member, now);
                case PROBE_UNDECIDED -> member.health().probeAgain(now);
                case RECOVERED -> {
                    member.health().takeIn(now);
                    log.info("{} works again", member);
                }
                case NONE -> throw new IllegalStateException("no change to apply");
            }
            refreshDue();
            return wasOut != member.health().isOut();
        }
    }

    private void leaveOut(T member, long now) {
        boolean again = member.health().isOut();
        long nanos = member.health().leaveOut(0.9 + 0.2 * random.getAsDouble(), now);
        if (!again) {
            log.warn(
                    "{} is left out for {} ms, since its calls fail; then one call is sent to see whether it works again",
                    member,
                    Duration.ofNanos(nanos).toMillis());
        }
    }

    private boolean mayGo(T member, long now) {
        if (!members.contains(member)) {
            return false;
        }
        List<T> others = new ArrayList<>(members);
        others.removeIf(one -> one == member || !one.group().equals(member.group()));
        long out = others.stream().filter(one -> one.health().isOut()).count();
        long in = others.size() - out;
        long failing = others.stream()
                .filter(one -> !one.health().isOut() && one.health().isFailing(now))
                .count();
        return (out + 1) * 2 <= others.size() + 1 && in > 0 && failing * 2 <= in;
    }

    private void refreshDue() {
        boolean any = false;
        long due = 0;
        for (T member : members) {
            if (member.health().isOut()) {
                long memberDue = member.health().probeDueAt();
                due = any && due - memberDue < 0 ? due : memberDue;
                any = true;
            }
        }
        probeDueAt = due;
        anyOut = any;
    }
}
