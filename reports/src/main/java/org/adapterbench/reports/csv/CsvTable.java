package org.adapterbench.reports.csv;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.adapterbench.reports.Numbers;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/**
 * A file of rows under named columns.
 *
 * @param <R> what a row is made of
 */
record CsvTable<R>(List<Column<R>> columns) {

    CsvTable {
        columns = List.copyOf(columns);
    }

    /** A column: its name and where its value comes from; null is an empty cell. */
    record Column<R>(String name, Function<R, @Nullable Object> value) {}

    static <R> Column<R> column(String name, Function<R, @Nullable Object> value) {
        return new Column<>(name, value);
    }

    void write(Path file, Stream<R> rows) {
        // Not Files.newBufferedWriter: a lone surrogate in a name must become '?', not end the report.
        try (Writer out = new BufferedWriter(
                        new OutputStreamWriter(Files.newOutputStream(file), StandardCharsets.UTF_8));
                CSVPrinter printer = new CSVPrinter(out, CSVFormat.RFC4180)) {
            printer.printRecord(columns.stream().map(Column::name));
            for (R row : (Iterable<R>) rows::iterator) {
                printer.printRecord(
                        columns.stream().map(column -> cell(column.value().apply(row))));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable String cell(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (value instanceof Double || value instanceof Float) {
            return Numbers.exact(((Number) value).doubleValue());
        }
        if (value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        return inert(value.toString());
    }

    /**
     * Text that no spreadsheet takes for a formula: where the first character that is not white space is one
     * of {@code = + - @} (or its full-width form), or where the text starts with an apostrophe or a control
     * character, one apostrophe is put in front. Who reads a text cell back removes one leading apostrophe.
     * Numbers don't pass here, so a negative number stays a number.
     */
    static String inert(String text) {
        if (text.isEmpty()) {
            return text;
        }
        String content = text.strip();
        boolean formula = !content.isEmpty() && "=+-@\uFF1D\uFF0B\uFF0D\uFF20".indexOf(content.charAt(0)) >= 0;
        boolean ambiguous = text.charAt(0) == '\'' || Character.isISOControl(text.charAt(0));
        return formula || ambiguous ? "'" + text : text;
    }
}
