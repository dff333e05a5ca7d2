package org.adapterbench.reports.html;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.reports.Cell;
import org.adapterbench.reports.Scores;
import org.adapterbench.reports.Spread;

/** The seeds' scores as dots on a line that all rows of a column share: whether rows overlap is seen at once. */
record SeedStrip(double least, double most) {

    static final int WIDTH = 132;
    static final int HEIGHT = 14;
    private static final double EDGE = 5;
    private static final double MIDDLE = HEIGHT / 2.0;
    private static final int MOST_DOTS = 30;

    static SeedStrip of(Collection<Double> values) {
        double least = values.stream().mapToDouble(Double::doubleValue).min().orElse(0);
        double most = values.stream().mapToDouble(Double::doubleValue).max().orElse(1);
        return new SeedStrip(least, most);
    }

    private double x(double value) {
        return most == least ? WIDTH / 2.0 : EDGE + (value - least) / (most - least) * (WIDTH - 2 * EDGE);
    }

    List<Chart.Shape> draw(Cell cell, String split, String metric, Spread spread, Series series) {
        List<Chart.Shape> shapes = new ArrayList<>();
        shapes.add(base());
        cell.finished().stream().limit(MOST_DOTS).forEach(run -> dot(run, split, metric, series, shapes));
        double mean = x(spread.mean());
        shapes.add(new Chart.Shape("mean", Chart.line(mean, 1, mean, HEIGHT - 1.0), ""));
        return shapes;
    }

    private void dot(RunRecord run, String split, String metric, Series series, List<Chart.Shape> shapes) {
        Double value = Scores.reported(run, split, metric);
        if (value != null && Double.isFinite(value)) {
            shapes.add(new Chart.Shape(
                    "dot " + series.colour(),
                    Series.circle(x(value), MIDDLE, 3.2),
                    "seed " + run.spec().seed() + ": " + Shown.score(value)));
        }
    }

    /** A single value, or an arrow where it lies outside the column's range. */
    List<Chart.Shape> line(double value) {
        if (value >= least && value <= most) {
            return List.of(base(), new Chart.Shape("mean", Chart.line(x(value), 1, x(value), HEIGHT - 1.0), ""));
        }
        double tip = value < least ? 1 : WIDTH - 1.0;
        double back = value < least ? 7 : WIDTH - 7.0;
        return List.of(
                base(),
                new Chart.Shape(
                        "beyond",
                        Series.polygon(tip, MIDDLE, back, MIDDLE - 4, back, MIDDLE + 4),
                        "outside this line"));
    }

    private static Chart.Shape base() {
        return new Chart.Shape("base", Chart.line(EDGE, MIDDLE, WIDTH - EDGE, MIDDLE), "");
    }
}
