package org.adapterbench.reports.html;

import java.util.List;
import org.adapterbench.reports.Numbers;

/**
 * A drawing, ready for the template.
 *
 * @param title       what it shows
 * @param description what a reader who can't see it should know
 * @param width       of the view box
 * @param height      of the view box
 */
record Chart(String title, String description, int width, int height, List<Shape> shapes, List<Label> labels) {

    Chart {
        shapes = List.copyOf(shapes);
        labels = List.copyOf(labels);
    }

    /**
     * An SVG path.
     *
     * @param style classes
     * @param path  the path's data
     * @param hint  shown on hovering; empty for none
     */
    record Shape(String style, String path, String hint) {}

    /**
     * A text.
     *
     * @param style  classes
     * @param anchor SVG text-anchor
     */
    record Label(String style, String x, String y, String anchor, String text) {

        static Label of(String style, double x, double y, String anchor, String text) {
            return new Label(style, coordinate(x), coordinate(y), anchor, text);
        }
    }

    /** A coordinate to a tenth of a unit: finer than any screen shows. */
    static String coordinate(double value) {
        String text = Numbers.fixed(value, 1);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    static String line(double x1, double y1, double x2, double y2) {
        return "M" + coordinate(x1) + " " + coordinate(y1) + "L" + coordinate(x2) + " " + coordinate(y2);
    }
}
