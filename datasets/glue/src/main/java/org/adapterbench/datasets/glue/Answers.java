package org.adapterbench.datasets.glue;

import java.util.List;
import java.util.Locale;
import org.adapterbench.api.UserError;
import org.adapterbench.api.task.Objective;

/**
 * How the answers of a task are written down in files.
 *
 * @param objective      labels in the order of their numbers, or the scale
 * @param numbersInTsv   whether the original TSV files hold class numbers; the others hold names
 */
record Answers(Objective objective, boolean numbersInTsv) {

    /** The answer in a TSV cell; words like NaN, signs and exponents are no scores. */
    float inTsv(String where, String column, String cell) {
        if (objective instanceof Objective.Regression scale) {
            return onScale(where, column, scale, cell);
        }
        int number = numbersInTsv ? digit(cell) : labels().indexOf(cell);
        if (number < 0 || number >= labels().size()) {
            throw refused(where, column, cell, numbersInTsv ? numbers() : String.join(", ", labels()));
        }
        return number;
    }

    /** The answer in a text value of JSON: a label's name, or what a TSV cell may hold. */
    float inText(String where, String column, String text) {
        int number = objective instanceof Objective.Classification ? labels().indexOf(text) : -1;
        return number >= 0 ? number : inTsv(where, column, text);
    }

    /** The answer in a number: a class number or a value on the scale. */
    float inNumber(String where, String column, double value) {
        if (objective instanceof Objective.Regression scale) {
            return onScale(where, column, scale, (float) value);
        }
        if (value != (int) value || value < 0 || value >= labels().size()) {
            throw refused(where, column, number(value), numbers());
        }
        return (int) value;
    }

    /** Class numbers with their names, for messages. */
    private String numbers() {
        StringBuilder text = new StringBuilder();
        for (int k = 0; k < labels().size(); k++) {
            text.append(k == 0 ? "" : ", ").append(k).append(" = ").append(labels().get(k));
        }
        return text.toString();
    }

    private List<String> labels() {
        return ((Objective.Classification) objective).labels();
    }

    private static int digit(String cell) {
        return cell.length() == 1 && cell.charAt(0) >= '0' && cell.charAt(0) <= '9' ? cell.charAt(0) - '0' : -1;
    }

    private static float onScale(String where, String column, Objective.Regression scale, String cell) {
        if (!cell.matches("[0-9]+([.][0-9]+)?")) {
            throw refused(where, column, cell, range(scale));
        }
        return onScale(where, column, scale, Float.parseFloat(cell));
    }

    private static float onScale(String where, String column, Objective.Regression scale, float value) {
        if (value >= scale.least() && value <= scale.most()) {
            return value;
        }
        throw refused(where, column, Float.toString(value), range(scale));
    }

    private static String range(Objective.Regression scale) {
        return "a number from " + number(scale.least()) + " to " + number(scale.most());
    }

    private static String number(double value) {
        return value == Math.rint(value) ? String.format(Locale.ROOT, "%.0f", value) : Double.toString(value);
    }

    private static UserError refused(String where, String column, String found, String allowed) {
        return new UserError(
                where + ": column '" + column + "' holds '" + Excerpt.of(found) + "' (allowed: " + allowed + ")");
    }
}
