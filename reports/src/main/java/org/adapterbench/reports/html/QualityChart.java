package org.adapterbench.reports.html;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.adapterbench.api.record.RunSpec;
import org.adapterbench.reports.Baseline;
import org.adapterbench.reports.Cell;
import org.adapterbench.reports.ComparableRuns;
import org.adapterbench.reports.Scores;
import org.adapterbench.reports.Spread;

/**
 * Score against the number of parameters that the method trains, one chart a task. Baselines are drawn where
 * they lie within the range of the scores; far below it they would squeeze all differences.
 */
final class QualityChart {

    private static final double RIGHT = 424;
    private static final double CHARACTER = 6.3;
    private static final double LINE = 12;

    private final Frame frame;
    private final int leastPower;
    private final int mostPower;
    private final double zero;
    private final double firstPower;
    private final Room room;

    private record Dot(Series series, Spread parameters, Spread score) {}

    /** A baseline's score. */
    private record Level(String name, double score) {}

    static List<Chart> of(ComparableRuns group, List<Baseline> baselines, Scores scores, Map<String, Series> series) {
        List<Chart> charts = new ArrayList<>();
        group.tasks().forEach((task, data) -> {
            String metric = scores.primaryMetric(task);
            String split = Scores.primarySplit(data);
            List<Dot> dots = metric == null ? List.of() : dots(group, task, split, metric, series);
            if (metric != null && !dots.isEmpty()) {
                QualityChart chart = new QualityChart(dots);
                charts.add(chart.draw(
                        Shown.text(task),
                        Shown.text(metric + " on " + split),
                        dots,
                        levels(baselines, data, split, metric)));
            }
        });
        return charts;
    }

    private static List<Level> levels(List<Baseline> baselines, RunSpec.TaskSpec data, String split, String metric) {
        List<Level> levels = new ArrayList<>();
        for (Baseline baseline : baselines) {
            Double value = baseline.task().equals(data)
                    ? baseline.scores().getOrDefault(split, new TreeMap<>()).get(metric)
                    : null;
            if (value != null) {
                levels.add(new Level(Shown.text(baseline.name()), value));
            }
        }
        return levels;
    }

    private static List<Dot> dots(
            ComparableRuns group, String task, String split, String metric, Map<String, Series> series) {
        List<Dot> dots = new ArrayList<>();
        for (Cell cell : LearningCurves.cells(group, task, series)) {
            Optional<Spread> score = Scores.spread(cell, split, metric);
            Optional<Spread> parameters = Spread.of(cell.outcomes().stream()
                    .map(outcome -> (double) outcome.parameters().method())
                    .toList());
            if (score.isPresent() && parameters.isPresent()) {
                dots.add(new Dot(series.get(cell.variant()), parameters.get(), score.get()));
            }
        }
        return dots;
    }

    private QualityChart(List<Dot> dots) {
        double least = dots.stream().mapToDouble(QualityChart::low).min().orElseThrow();
        double most = dots.stream().mapToDouble(QualityChart::high).max().orElseThrow();
        frame = new Frame(least, most, RIGHT);
        zero = frame.left + 20;
        firstPower = frame.left + 62;
        room = new Room(frame.left, RIGHT, Frame.TOP - 8, Frame.BOTTOM);
        double few = dots.stream()
                .mapToDouble(dot -> dot.parameters().mean())
                .filter(count -> count > 0)
                .min()
                .orElse(1);
        double many =
                dots.stream().mapToDouble(dot -> dot.parameters().most()).max().orElseThrow();
        leastPower = (int) Math.floor(StrictMath.log10(few));
        mostPower = Math.max(leastPower + 1, (int) Math.ceil(StrictMath.log10(Math.max(1, many))));
    }

    private static double low(Dot dot) {
        Double deviation = dot.score().deviation();
        return dot.score().mean() - (deviation == null ? 0 : deviation);
    }

    private static double high(Dot dot) {
        Double deviation = dot.score().deviation();
        return dot.score().mean() + (deviation == null ? 0 : deviation);
    }

    private double x(double parameters) {
        if (parameters < 1) {
            return zero;
        }
        double share = (StrictMath.log10(parameters) - leastPower) / (mostPower - leastPower);
        return firstPower + share * (RIGHT - 14 - firstPower);
    }

    private Chart draw(String task, String vertical, List<Dot> dots, List<Level> levels) {
        frame.axes("parameters trained by the method (logarithmic; 0 set apart)", vertical);
        frame.tick(zero, "0");
        // The gap in the axis: 0 has no place on a logarithmic scale.
        double gap = (zero + firstPower) / 2;
        frame.shape("gap", Chart.line(gap - 4, Frame.BOTTOM, gap + 4, Frame.BOTTOM));
        frame.shape("axis", Chart.line(gap - 6, Frame.BOTTOM + 4, gap - 2, Frame.BOTTOM - 4));
        frame.shape("axis", Chart.line(gap + 2, Frame.BOTTOM + 4, gap + 6, Frame.BOTTOM - 4));
        int every = (mostPower - leastPower) / 9 + 1;
        for (int power = leastPower; power <= mostPower; power += every) {
            frame.tick(x(StrictMath.pow(10, power)), power(power));
        }
        List<Level> held =
                levels.stream().filter(level -> frame.holds(level.score())).toList();
        held.forEach(level -> {
            double y = frame.y(level.score());
            frame.shape("baseline-level", Chart.line(frame.left, y, RIGHT, y));
        });
        dots.forEach(this::dot);
        held.forEach(this::name);
        dots.stream()
                .sorted(Comparator.comparingDouble((Dot dot) -> -dot.score().mean())
                        .thenComparing(dot -> dot.series().index()))
                .forEach(this::name);
        return frame.chart(task + ": score against parameters", describe(dots));
    }

    /** On its line at the right, or further left or below where a dot stands there. */
    private void name(Level level) {
        double y = frame.y(level.score());
        String name = Shown.cut(level.name(), Frame.LABEL_LENGTH);
        double width = name.codePointCount(0, name.length()) * CHARACTER;
        List<Room.Box> places = new ArrayList<>();
        for (double left = RIGHT - width; left >= frame.left; left -= width) {
            places.add(new Room.Box(left, left + width, y - 4 - LINE, y - 1));
            if (y + 5 + LINE < Frame.BOTTOM) {
                places.add(new Room.Box(left, left + width, y + 2, y + 5 + LINE));
            }
        }
        Room.Box box = room.freest(places);
        frame.label("tick", box.right(), box.top() + LINE, "end", name);
    }

    private static String power(int power) {
        return power < 3
                ? Integer.toString((int) StrictMath.pow(10, power))
                : power < 6
                        ? (int) StrictMath.pow(10, power - 3) + "k"
                        : power < 9
                                ? (int) StrictMath.pow(10, power - 6) + "M"
                                : (long) StrictMath.pow(10, power - 9) + "G";
    }

    private void dot(Dot dot) {
        Series series = dot.series();
        double x = x(dot.parameters().mean());
        double y = frame.y(dot.score().mean());
        Double deviation = dot.score().deviation();
        if (deviation != null) {
            double top = frame.y(high(dot));
            double bottom = frame.y(low(dot));
            frame.shape(
                    "error " + series.colour(),
                    Chart.line(x, top, x, bottom)
                            + Chart.line(x - 3, top, x + 3, top)
                            + Chart.line(x - 3, bottom, x + 3, bottom));
            room.take(new Room.Box(x - 3, x + 3, top, bottom));
        }
        double left = x(dot.parameters().least());
        double right = x(dot.parameters().most());
        if (right - left > 1) {
            frame.shape("error " + series.colour(), Chart.line(left, y, right, y));
        }
        frame.shapes.add(new Chart.Shape(
                "mark " + series.colour(),
                series.marker(x, y, 4),
                series.name() + ": " + ResultTable.meanAndSpread(dot.score()) + ", "
                        + Shown.range(
                                Math.round(dot.parameters().least()),
                                Math.round(dot.parameters().most()))
                        + " parameters"));
        room.take(new Room.Box(x - 5, x + 5, y - 5, y + 5));
    }

    private void name(Dot dot) {
        String name = Shown.cut(dot.series().name(), Frame.LABEL_LENGTH);
        double x = x(dot.parameters().mean());
        double y = frame.y(dot.score().mean());
        Room.Box box = room.place(x, y, name.codePointCount(0, name.length()) * CHARACTER, LINE);
        double middle = (box.top() + box.bottom()) / 2;
        if (Math.abs(middle - y) > LINE / 2) {
            double edge = Math.max(box.left(), Math.min(box.right(), x));
            frame.shape("lead " + dot.series().colour(), Chart.line(x, y, edge, middle + (y > middle ? 4 : -4)));
        }
        frame.label("name", box.left(), box.bottom() - 2, "start", name);
    }

    private static String describe(List<Dot> dots) {
        StringBuilder text = new StringBuilder();
        for (Dot dot : dots) {
            text.append(text.isEmpty() ? "" : "; ")
                    .append(dot.series().name())
                    .append(": ")
                    .append(Shown.range(
                            Math.round(dot.parameters().least()),
                            Math.round(dot.parameters().most())))
                    .append(" parameters, ")
                    .append(ResultTable.meanAndSpread(dot.score()));
        }
        return text.append('.').toString();
    }
}
