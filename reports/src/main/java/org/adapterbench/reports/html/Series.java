package org.adapterbench.reports.html;

import static org.adapterbench.reports.html.Chart.coordinate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.adapterbench.reports.ComparableRuns;
import org.adapterbench.reports.ReportInput;

/**
 * How one variant is drawn in every chart of the page: colour, dash and marker each tell variants apart on
 * their own, so that neither colour vision nor a colour printer is needed.
 *
 * @param index place among the report's variants
 * @param name  as shown
 */
record Series(int index, String name) {

    private static final int COLOURS = 8;
    private static final int DASHES = 5;
    private static final int MARKERS = 6;

    /** One series a variant, in report order. */
    static Map<String, Series> of(ReportInput input, List<ComparableRuns> groups) {
        Map<String, Series> series = new LinkedHashMap<>();
        groups.stream()
                .flatMap(group -> group.variants(input.variantOrder()).stream())
                .distinct()
                .sorted(ReportInput.variantOrder(input.variantOrder()))
                .forEach(variant -> series.put(variant, new Series(series.size(), Shown.text(variant))));
        return series;
    }

    /** Class of the colour. */
    String colour() {
        return "c" + index % COLOURS;
    }

    /** Classes of a line. */
    String line() {
        return "line " + colour() + " d" + index % DASHES;
    }

    /** Path of this series' marker around a point. */
    String marker(double x, double y, double r) {
        double s = r * 0.9;
        return switch (index % MARKERS) {
            case 0 -> circle(x, y, r);
            case 1 -> polygon(x - s, y - s, x + s, y - s, x + s, y + s, x - s, y + s);
            case 2 -> polygon(x, y - r * 1.2, x + r * 1.1, y + s, x - r * 1.1, y + s);
            case 3 -> polygon(x, y - r * 1.3, x + r * 1.3, y, x, y + r * 1.3, x - r * 1.3, y);
            case 4 -> polygon(x, y + r * 1.2, x + r * 1.1, y - s, x - r * 1.1, y - s);
            default -> cross(x, y, r * 1.2, r * 0.45);
        };
    }

    static String circle(double x, double y, double r) {
        String arc = "a" + coordinate(r) + " " + coordinate(r) + " 0 1 0 ";
        return "M" + coordinate(x - r) + " " + coordinate(y) + arc + coordinate(2 * r) + " 0" + arc + coordinate(-2 * r)
                + " 0Z";
    }

    private static String cross(double x, double y, double a, double b) {
        return polygon(
                x - a, y - b, x - b, y - b, x - b, y - a, x + b, y - a, x + b, y - b, x + a, y - b, x + a, y + b, x + b,
                y + b, x + b, y + a, x - b, y + a, x - b, y + b, x - a, y + b);
    }

    static String polygon(double... points) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < points.length; i += 2) {
            path.append(i == 0 ? "M" : "L")
                    .append(coordinate(points[i]))
                    .append(' ')
                    .append(coordinate(points[i + 1]));
        }
        return path.append('Z').toString();
    }
}
