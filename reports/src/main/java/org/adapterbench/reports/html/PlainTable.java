package org.adapterbench.reports.html;

import java.util.ArrayList;
import java.util.List;

/**
 * A plain table of texts.
 *
 * @param caption what it shows and how to read it
 * @param columns headings; those that hold numbers are set right
 * @param omitted how many rows were left out to keep the page small
 */
record PlainTable(String caption, List<Column> columns, List<List<Entry>> rows, int omitted) {

    PlainTable {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /** A table without left-out rows. */
    static PlainTable of(String caption, List<Column> columns, List<List<Entry>> rows) {
        return new PlainTable(caption, columns, rows, 0);
    }

    /** The first rows of the table, with a count of the others. */
    PlainTable first(int most) {
        return rows.size() <= most ? this : new PlainTable(caption, columns, rows.subList(0, most), rows.size() - most);
    }

    /** A heading. */
    record Column(String name, boolean number) {}

    static List<Column> columns(List<String> words, List<String> numbers) {
        List<Column> columns = new ArrayList<>();
        words.forEach(name -> columns.add(new Column(name, false)));
        numbers.forEach(name -> columns.add(new Column(name, true)));
        return columns;
    }

    /**
     * A value.
     *
     * @param hint  shown on hovering; empty for none
     * @param style class for emphasis; empty for none
     */
    record Entry(String text, String hint, String style) {

        private static final int FITS = 40;

        /** Whether it should stay on one line. */
        boolean fits() {
            return text.length() <= FITS;
        }
    }

    static Entry text(String text) {
        return new Entry(Shown.text(text), "", "");
    }

    static Entry hash(String hash) {
        return new Entry(Shown.hash(hash), Shown.text(hash), "hash");
    }

    static Entry styled(String text, String style) {
        return new Entry(Shown.text(text), "", style);
    }
}
