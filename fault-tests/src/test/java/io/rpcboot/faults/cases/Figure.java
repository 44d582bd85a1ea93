package io.rpcboot.faults.cases;

import java.util.Locale;

/**
 * One thing that a case measures, and how it must be. Immutable.
 *
 * @param value what was measured
 * @param bound what it is held against
 * @param least whether the value must reach the bound, instead of not exceeding it
 * @param unit what was counted or measured, in words
 */
public record Figure(double value, double bound, boolean least, String unit) {

    public static Figure atMost(double bound, String unit, double value) {
        return new Figure(value, bound, false, unit);
    }

    public static Figure atLeast(double bound, String unit, double value) {
        return new Figure(value, bound, true, unit);
    }

    public boolean passes() {
        return least ? value >= bound : value <= bound;
    }

    public String boundText() {
        return (least ? ">=" : "<=") + text(bound);
    }

    public String valueText() {
        return text(value);
    }

    private static String text(double number) {
        return number == Math.rint(number)
                ? Long.toString((long) number)
                : String.format(Locale.ROOT, number < 10 ? "%.2f" : "%.1f", number);
    }

    @Override
    public String toString() {
        return valueText() + " " + unit + " (" + boundText() + (passes() ? ")" : "): FAILED");
    }
}
