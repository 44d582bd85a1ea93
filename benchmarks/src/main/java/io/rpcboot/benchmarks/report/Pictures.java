package io.rpcboot.benchmarks.report;

import io.rpcboot.benchmarks.load.Load;
import io.rpcboot.benchmarks.report.Result.Measure;
import java.awt.Color;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import org.HdrHistogram.Histogram;
import org.jfree.chart.ChartFactory;
import org.jfree.chart.ChartUtils;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.CategoryLabelPositions;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.data.category.CategoryDataset;
import org.jfree.data.category.DefaultCategoryDataset;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Bars of the rates, and a curve of latencies for each load. */
public final class Pictures {

    private static final int WIDTH = 1000;
    private static final int HEIGHT = 560;

    /** Beyond it a slice has too few calls. */
    private static final double LAST_QUANTILE = 0.9995;

    private Pictures() {}

    public static void write(Results results, Path directory) throws IOException {
        write(bars(results), directory.resolve("throughput.png").toFile());
        for (Load load : results.loads()) {
            String name = "latency-" + load.toString().replace(':', '-') + ".png";
            write(curves(results, load), directory.resolve(name).toFile());
        }
    }

    private static void write(JFreeChart chart, File file) throws IOException {
        ChartUtils.saveChartAsPNG(file, chart, WIDTH, HEIGHT);
    }

    private static JFreeChart bars(Results results) {
        DefaultCategoryDataset data = new DefaultCategoryDataset();
        for (Result result : results.all()) {
            data.addValue(
                    result.median(Measure.CALLS),
                    result.contender(),
                    result.load().toString());
        }
        return bars(data);
    }

    static JFreeChart bars(CategoryDataset callsPerSecond) {
        JFreeChart chart = ChartFactory.createBarChart("Calls per second", "", "", callsPerSecond);
        chart.getCategoryPlot().setRangeAxis(LogScale.axis("calls/s, logarithmic", 100));
        chart.getCategoryPlot().getDomainAxis().setCategoryLabelPositions(CategoryLabelPositions.UP_45);
        chart.getCategoryPlot().setBackgroundPaint(Color.WHITE);
        chart.getCategoryPlot().setRangeGridlinePaint(Color.LIGHT_GRAY);
        return chart;
    }

    private static JFreeChart curves(Results results, Load load) {
        XYSeriesCollection data = new XYSeriesCollection();
        for (Result result : results.of(load)) {
            XYSeries series = new XYSeries(result.contender());
            Histogram latencies = result.latencies();
            for (double rest = 1; rest >= 1 - LAST_QUANTILE; rest *= 0.8) {
                series.add(1 / rest, latencies.getValueAtPercentile(100 * (1 - rest)) / 1e3);
            }
            data.addSeries(series);
        }
        JFreeChart chart = ChartFactory.createXYLineChart(
                load.toString(), "quantile", "µs", data, PlotOrientation.VERTICAL, true, false, false);
        chart.getXYPlot().setDomainAxis(LogScale.axis("one call in so many is slower", 1));
        chart.getXYPlot().setRangeAxis(LogScale.axis("latency in µs, logarithmic", 10));
        chart.getXYPlot().setBackgroundPaint(Color.WHITE);
        chart.getXYPlot().setDomainGridlinePaint(Color.LIGHT_GRAY);
        chart.getXYPlot().setRangeGridlinePaint(Color.LIGHT_GRAY);
        return chart;
    }
}
