package org.adapterbench.datasets.glue;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.adapterbench.api.UserError;
import org.jspecify.annotations.Nullable;

/**
 * The original layout: cells between tabs. A quotation mark is text like any other, since the files hold lone ones;
 * spaces belong to the texts.
 */
final class TsvLayout {

    private static final Logger LOG = System.getLogger(TsvLayout.class.getName());

    private final GlueTask task;
    private final GlueSplit split;

    TsvLayout(GlueTask task, GlueSplit split) {
        this.task = task;
        this.split = split;
    }

    void read(Path path, Rows rows) throws IOException {
        try (TextLines lines = new TextLines(path)) {
            List<String> names = task.tsv().fixed(split.labelled());
            if (names.isEmpty()) {
                names = cells(Objects.requireNonNullElse(lines.next(), ""));
                task.tsv().check(lines.where(), names, split.labelled());
            }
            int faults = 0;
            String line;
            while ((line = lines.next()) != null) {
                List<String> cells = cells(line);
                if (cells.size() < names.size() && faults < split.faults()) {
                    faults++;
                    LOG.log(
                            Level.WARNING,
                            "{0}: left out: {1} columns of {2}",
                            lines.where(),
                            cells.size(),
                            names.size());
                    rows.refuse(cells.size() + " columns of " + names.size());
                } else {
                    rows.use(lines.where(), row(lines.where(), names, cells));
                }
            }
        }
    }

    private Row row(String where, List<String> names, List<String> cells) {
        if (cells.size() != names.size()) {
            throw new UserError(where + ": " + cells.size() + " columns (allowed: " + names.size() + ": "
                    + String.join(", ", names) + ")");
        }
        Columns columns = task.tsv();
        String second = columns.second() == null ? null : cells.get(names.indexOf(columns.second()));
        return new Row(cells.get(names.indexOf(columns.first())), second, target(where, names, cells));
    }

    private @Nullable Float target(String where, List<String> names, List<String> cells) {
        if (!split.labelled()) {
            return null;
        }
        String column = task.tsv().label();
        return task.answers().inTsv(where, column, cells.get(names.indexOf(column)));
    }

    private static List<String> cells(String line) {
        return List.of(line.split("\t", -1));
    }
}
