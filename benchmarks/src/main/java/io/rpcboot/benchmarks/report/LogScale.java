package io.rpcboot.benchmarks.report;

import java.text.NumberFormat;
import java.util.Locale;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTickUnit;

/** Logarithmic axes whose marks are the powers of ten, written out. */
public final class LogScale {

    private LogScale() {}

    public static LogAxis axis(String label, double smallest) {
        LogAxis axis = new LogAxis(label);
        axis.setSmallestValue(smallest);
        axis.setTickUnit(new NumberTickUnit(1));
        axis.setNumberFormatOverride(NumberFormat.getIntegerInstance(Locale.ROOT));
        return axis;
    }
}
