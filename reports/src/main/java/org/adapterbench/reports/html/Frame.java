package org.adapterbench.reports.html;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.adapterbench.reports.Numbers;

/** The axes of a chart under construction, with what is drawn between them. */
final class Frame {

    static final int WIDTH = 440;
    static final int HEIGHT = 260;
    /** At least so much stands before the vertical axis. */
    static final double LEAST_LEFT = 44;

    /** Width of a digit of an axis' numbers in the widest usual font, and what lies between them and the axis. */
    private static final double DIGIT = 7.3;

    private static final double TICK_GAP = 6;
    static final double TOP = 24;
    static final double BOTTOM = HEIGHT - 38;
    static final double LABEL_GAP = 12.5;
    static final int LABEL_LENGTH = 20;

    /** Where the vertical axis stands: behind its longest number. */
    final double left;

    final double right;
    final List<Chart.Shape> shapes = new ArrayList<>();
    final List<Chart.Label> labels = new ArrayList<>();
    private final double least;
    private final double most;
    private final Ticks ticks;

    /** A frame whose vertical axis holds the values with some air. */
    Frame(double least, double most, double right) {
        double air = most > least ? 0.06 * (most - least) : Math.max(1e-3, Math.abs(most) * 0.05);
        this.least = least - air;
        this.most = most + air;
        this.right = right;
        this.ticks = Ticks.of(this.least, this.most, 5);
        int longest = ticks.values().stream()
                .mapToInt(value -> number(value).length())
                .max()
                .orElse(0);
        this.left = Math.max(LEAST_LEFT, TICK_GAP + longest * DIGIT);
    }

    private String number(double tick) {
        return Numbers.fixed(tick, ticks.decimals());
    }

    double y(double value) {
        return BOTTOM - (value - least) / (most - least) * (BOTTOM - TOP);
    }

    boolean holds(double value) {
        return value >= least && value <= most;
    }

    /** Grid lines and numbers of the vertical axis, and both axes' titles. */
    void axes(String horizontal, String vertical) {
        for (double value : ticks.values()) {
            shape("grid", Chart.line(left, y(value), right, y(value)));
            label("tick", left - TICK_GAP, y(value) + 4, "end", number(value));
        }
        shape("axis", Chart.line(left, BOTTOM, right, BOTTOM));
        label("axis-title", (left + right) / 2, HEIGHT - 4, "middle", horizontal);
        label("axis-title", 2, 12, "start", vertical);
    }

    void tick(double x, String text) {
        shape("axis", Chart.line(x, BOTTOM, x, BOTTOM + 4));
        label("tick", x, BOTTOM + 16, "middle", text);
    }

    void shape(String style, String path) {
        shapes.add(new Chart.Shape(style, path, ""));
    }

    void label(String style, double x, double y, String anchor, String text) {
        labels.add(Chart.Label.of(style, x, y, anchor, text));
    }

    /** A line's end, to be named at the right edge. */
    record End(Series series, double x, double y) {}

    /** Names the lines where they end, moved apart and joined by a thin line where they had to move. */
    void name(List<End> ends) {
        List<End> sorted = ends.stream()
                .sorted(Comparator.comparingDouble(End::y)
                        .thenComparing(end -> end.series().index()))
                .toList();
        double[] places = apart(sorted.stream().mapToDouble(End::y).toArray(), LABEL_GAP, TOP, BOTTOM);
        for (int i = 0; i < places.length; i++) {
            End end = sorted.get(i);
            shape("lead " + end.series().colour(), Chart.line(end.x() + 5, end.y(), right + 11, places[i]));
            // The marker ties the name to its line even where it had to be cut.
            shape("mark " + end.series().colour(), end.series().marker(right + 16, places[i], 3.2));
            label(
                    "name",
                    right + 22,
                    places[i] + 4,
                    "start",
                    Shown.cut(end.series().name(), LABEL_LENGTH));
        }
    }

    /** Sorted positions moved as little as needed to lie a gap apart, within bounds where they fit. */
    static double[] apart(double[] wanted, double gap, double low, double high) {
        double[] places = wanted.clone();
        for (int i = 1; i < places.length; i++) {
            places[i] = Math.max(places[i], places[i - 1] + gap);
        }
        double bound = high;
        for (int i = places.length - 1; i >= 0; i--) {
            places[i] = Math.min(places[i], bound);
            bound = places[i] - gap;
        }
        double shift = IntStream.range(0, places.length)
                .mapToDouble(i -> low - places[i])
                .max()
                .orElse(0);
        if (shift > 0) {
            for (int i = 0; i < places.length; i++) {
                places[i] = Math.max(places[i], low + i * gap);
            }
        }
        return places;
    }

    Chart chart(String title, String description) {
        return new Chart(title, description, WIDTH, HEIGHT, shapes, labels);
    }
}
