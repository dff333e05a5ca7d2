package org.adapterbench.reports.html;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.adapterbench.api.record.Outcome;
import org.adapterbench.reports.Cell;
import org.adapterbench.reports.ComparableRuns;
import org.adapterbench.reports.Scores;
import org.adapterbench.reports.Spread;
import org.adapterbench.reports.html.LineChart.Line;
import org.adapterbench.reports.html.LineChart.Point;

/** Training loss per step and score per epoch, two charts a task. */
final class LearningCurves {

    static final int MOST_LINES = 16;
    private static final int MOST_LINES_WITH_SEEDS = 8;
    private static final int MOST_SEED_LINES = 5;
    private static final int MOST_POINTS = 60;
    private static final int FEWEST_POINTS = 12;
    private static final int STEPS_A_POINT = 8;

    private LearningCurves() {}

    static List<Chart> of(ComparableRuns group, Scores scores, Map<String, Series> series) {
        List<Chart> charts = new ArrayList<>();
        group.tasks().forEach((task, data) -> {
            List<Cell> cells = cells(group, task, series);
            String name = Shown.text(task);
            List<Line> losses = lines(cells, series, LearningCurves::loss);
            if (!losses.isEmpty()) {
                charts.add(LineChart.draw(name + ": training loss", "step", "loss", losses, false));
            }
            String metric = scores.primaryMetric(task);
            String split = Scores.primarySplit(data);
            if (metric != null) {
                boolean each = cells.size() <= MOST_LINES_WITH_SEEDS;
                List<Line> lines = lines(cells, series, (cell, style) -> score(cell, style, split, metric, each));
                if (!lines.isEmpty()) {
                    charts.add(LineChart.draw(
                            name + ": score after each epoch",
                            "epoch (0: the start)",
                            Shown.text(metric + " on " + split),
                            lines,
                            true));
                }
            }
        });
        return charts;
    }

    /** The task's cells in the variants' order, as many as a chart can carry. */
    static List<Cell> cells(ComparableRuns group, String task, Map<String, Series> series) {
        return group.cells().stream()
                .filter(cell -> cell.task().equals(task))
                .sorted(Comparator.comparingInt(
                        cell -> series.get(cell.variant()).index()))
                .limit(MOST_LINES)
                .toList();
    }

    private interface LineOf {
        Line of(Cell cell, Series series);
    }

    private static List<Line> lines(List<Cell> cells, Map<String, Series> series, LineOf line) {
        return cells.stream()
                .map(cell -> line.of(cell, series.get(cell.variant())))
                .filter(found -> !found.mean().isEmpty())
                .toList();
    }

    /** Means over equal stretches of steps and over the seeds: smooth enough to compare by eye. */
    private static Line loss(Cell cell, Series series) {
        List<List<Float>> curves =
                cell.outcomes().stream().map(Outcome::lossCurve).toList();
        int steps = curves.stream().mapToInt(List::size).max().orElse(0);
        int points = Math.min(steps, Math.max(FEWEST_POINTS, Math.min(MOST_POINTS, steps / STEPS_A_POINT)));
        List<Point> mean = new ArrayList<>();
        for (int point = 0; point < points; point++) {
            int from = (int) ((long) point * steps / points);
            int to = (int) ((long) (point + 1) * steps / points);
            double sum = 0;
            int count = 0;
            for (List<Float> curve : curves) {
                for (float loss : curve.subList(Math.min(from, curve.size()), Math.min(to, curve.size()))) {
                    if (Float.isFinite(loss)) {
                        sum += loss;
                        count++;
                    }
                }
            }
            if (count > 0) {
                mean.add(new Point((from + 1 + to) / 2.0, sum / count));
            }
        }
        return new Line(series, mean, List.of());
    }

    private static Line score(Cell cell, Series series, String split, String metric, boolean each) {
        SortedMap<Integer, List<Double>> byEpoch = new TreeMap<>();
        List<List<Point>> seeds = new ArrayList<>();
        for (Outcome outcome : cell.outcomes()) {
            List<Point> seed = new ArrayList<>();
            for (Outcome.Epoch epoch : outcome.epochs()) {
                Double value = Scores.find(epoch.scores(), split, metric);
                if (value != null && Double.isFinite(value)) {
                    byEpoch.computeIfAbsent(epoch.epoch(), number -> new ArrayList<>())
                            .add(value);
                    seed.add(new Point(epoch.epoch(), value));
                }
            }
            if (each && seed.size() > 1 && seeds.size() < MOST_SEED_LINES) {
                seeds.add(seed);
            }
        }
        List<Point> mean = byEpoch.entrySet().stream()
                .map(entry -> new Point(
                        entry.getKey(),
                        Spread.of(entry.getValue()).orElseThrow().mean()))
                .toList();
        return new Line(series, mean, seeds.size() > 1 ? seeds : List.of());
    }
}
