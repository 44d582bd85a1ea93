package io.rpcboot.benchmarks.growth;

import io.rpcboot.benchmarks.report.LogScale;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.ChartFactory;
import org.jfree.chart.ChartUtils;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Curves as a table, a file of comma separated values, and pictures. */
final class GrowthReport {

    private static final int WIDTH = 700;
    private static final int HEIGHT = 360;

    private GrowthReport() {}

    static void write(List<Curve> curves, Path directory) throws IOException {
        List<String> csv = new ArrayList<>(List.of("curve,x,calls_per_s,cpu_us,p99_us,failed,server_heap_kib"));
        List<String> tables = new ArrayList<>();
        for (Curve curve : curves) {
            curve.points().forEach(point -> csv.add(curve.name() + ',' + values(point, "%d,%.0f,%.3f,%.1f,%d,%.0f")));
            tables.addAll(table(curve));
            ChartUtils.saveChartAsPNG(
                    directory.resolve("growth-" + curve.name() + ".png").toFile(), picture(curve), WIDTH, HEIGHT);
        }
        Files.write(directory.resolve("growth.csv"), csv);
        Files.write(directory.resolve("growth.md"), tables);
        System.out.println(String.join("\n", tables));
    }

    private static List<String> table(Curve curve) {
        List<String> lines = new ArrayList<>();
        lines.add("### " + curve.grows() + " (" + curve.load() + ")");
        lines.add("");
        lines.add("| N | calls/s | CPU µs/call | p99 µs | failed | server heap KiB |");
        lines.add("|---:|---:|---:|---:|---:|---:|");
        curve.points().forEach(point -> lines.add(values(point, "| %,d | %,.0f | %.2f | %,.0f | %d | %,.0f |")));
        lines.add("");
        return lines;
    }

    private static String values(Point point, String format) {
        return String.format(
                Locale.ROOT,
                format,
                point.x(),
                point.callsPerSecond(),
                point.cpuMicros(),
                point.p99Micros(),
                point.failed(),
                point.serverHeapKib());
    }

    private static JFreeChart picture(Curve curve) {
        XYSeries cpu = new XYSeries("processor time of both sides, µs per call");
        curve.points().forEach(point -> cpu.add(point.x(), point.cpuMicros()));
        JFreeChart chart = ChartFactory.createXYLineChart(
                curve.load(), "", "", new XYSeriesCollection(cpu), PlotOrientation.VERTICAL, true, false, false);
        chart.getXYPlot().setDomainAxis(LogScale.axis(curve.grows(), 1));
        chart.getXYPlot().setRangeAxis(LogScale.axis("µs, logarithmic", 1));
        chart.getXYPlot().setBackgroundPaint(Color.WHITE);
        chart.getXYPlot().setDomainGridlinePaint(Color.LIGHT_GRAY);
        chart.getXYPlot().setRangeGridlinePaint(Color.LIGHT_GRAY);
        return chart;
    }
}
