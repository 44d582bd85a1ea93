package io.rpcboot.client;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RetryBudgetTest {

    private long now = SECONDS.toNanos(500);
    private final RetryBudget budget = new RetryBudget(RetryOptions.DEFAULT, now);

    private int takeAll() {
        int taken = 0;
        while (budget.take(now)) {
            taken++;
        }
        return taken;
    }

    @Test
    void withoutCallsThereAreThreeASecond() {
        assertThat(takeAll()).isEqualTo(30);
    }

    @Test
    void aTenthOfTheCallsIsAdded() {
        for (int i = 0; i < 1000; i++) {
            budget.called(now);
        }

        assertThat(takeAll()).isEqualTo(130);
    }

    @Test
    void whatWasTakenComesBackAfterTenSeconds() {
        takeAll();

        now += SECONDS.toNanos(9);
        assertThat(takeAll()).isZero();
        now += SECONDS.toNanos(2);

        assertThat(takeAll()).isEqualTo(30);
    }

    @Test
    void noTenSecondsSeeMoreWhereverTheyBegin() {
        now += MILLISECONDS.toNanos(990);
        takeAll();

        now += MILLISECONDS.toNanos(9_990);

        assertThat(takeAll()).isZero();
    }

    @Test
    void callsOfLongAgoCountNoMore() {
        for (int i = 0; i < 1000; i++) {
            budget.called(now);
        }

        now += SECONDS.toNanos(60);

        assertThat(takeAll()).isEqualTo(30);
    }

    @Test
    void underSteadyLoadTheShareHoldsInEveryWindow() {
        int taken = 0;
        for (int second = 0; second < 60; second++) {
            for (int i = 0; i < 500; i++) {
                budget.called(now);
                taken += budget.take(now) ? 1 : 0;
                now += SECONDS.toNanos(1) / 500;
            }
        }

        assertThat(taken).isBetween(60 * 50, 60 * 55 + 60 * 3);
    }
}
