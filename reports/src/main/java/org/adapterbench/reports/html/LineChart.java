package org.adapterbench.reports.html;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.adapterbench.reports.Numbers;

/** Lines over steps or epochs, named where they end. */
final class LineChart {

    private static final double RIGHT = 294;

    private LineChart() {}

    /** A point of a line. */
    record Point(double x, double y) {}

    /**
     * One variant.
     *
     * @param mean  over seeds, by x, at least one point
     * @param seeds faint lines, one a seed; may be empty
     */
    record Line(Series series, List<Point> mean, List<List<Point>> seeds) {

        Stream<Point> all() {
            return Stream.concat(mean.stream(), seeds.stream().flatMap(List::stream));
        }
    }

    /**
     * Draws the lines.
     *
     * @param marked whether each point of a mean gets a marker
     */
    static Chart draw(String title, String horizontal, String vertical, List<Line> lines, boolean marked) {
        double least =
                lines.stream().flatMap(Line::all).mapToDouble(Point::y).min().orElse(0);
        double most =
                lines.stream().flatMap(Line::all).mapToDouble(Point::y).max().orElse(1);
        double end = Math.max(
                1, lines.stream().flatMap(Line::all).mapToDouble(Point::x).max().orElse(1));
        Frame frame = new Frame(least, most, RIGHT);
        frame.axes(horizontal, vertical);
        for (double value : Ticks.of(0, end, 6).values()) {
            if (value == Math.rint(value)) {
                frame.tick(x(frame, value, end), Numbers.grouped((long) value));
            }
        }
        lines.forEach(line ->
                line.seeds().forEach(seed -> frame.shape("seed " + line.series().colour(), path(frame, seed, end))));
        List<Frame.End> ends = new ArrayList<>();
        for (Line line : lines) {
            draw(frame, line, end, marked);
            Point last = line.mean().get(line.mean().size() - 1);
            double reach = line.mean().size() == 1 ? RIGHT : x(frame, last.x(), end);
            ends.add(new Frame.End(line.series(), reach, frame.y(last.y())));
        }
        frame.name(ends);
        return frame.chart(title, describe(lines));
    }

    private static void draw(Frame frame, Line line, double end, boolean marked) {
        Series series = line.series();
        if (line.mean().size() == 1) {
            // Nothing was trained: the one value is a level to compare the others with.
            double level = frame.y(line.mean().get(0).y());
            frame.shape("level " + series.colour(), Chart.line(frame.left, level, RIGHT, level));
        }
        frame.shapes.add(new Chart.Shape(series.line(), path(frame, line.mean(), end), series.name()));
        if (marked || line.mean().size() == 1) {
            for (Point point : line.mean()) {
                frame.shapes.add(new Chart.Shape(
                        "mark " + series.colour(),
                        series.marker(x(frame, point.x(), end), frame.y(point.y()), 3.2),
                        series.name() + ": " + Shown.score(point.y())));
            }
        }
    }

    private static String describe(List<Line> lines) {
        StringBuilder text = new StringBuilder("Last values: ");
        for (int i = 0; i < lines.size(); i++) {
            List<Point> mean = lines.get(i).mean();
            text.append(i == 0 ? "" : ", ")
                    .append(lines.get(i).series().name())
                    .append(' ')
                    .append(Shown.score(mean.get(mean.size() - 1).y()));
        }
        return text.append('.').toString();
    }

    private static double x(Frame frame, double value, double end) {
        return frame.left + 6 + value / end * (RIGHT - frame.left - 6);
    }

    private static String path(Frame frame, List<Point> points, double end) {
        StringBuilder path = new StringBuilder();
        for (Point point : points) {
            path.append(path.isEmpty() ? "M" : "L")
                    .append(Chart.coordinate(x(frame, point.x(), end)))
                    .append(' ')
                    .append(Chart.coordinate(frame.y(point.y())));
        }
        return path.toString();
    }
}
