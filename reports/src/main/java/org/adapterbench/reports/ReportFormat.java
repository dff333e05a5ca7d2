package org.adapterbench.reports;

import java.nio.file.Path;

/** One way to write a report. The same input gives the same bytes on every machine and in every locale. */
public interface ReportFormat {

    /**
     * Version of the files that a report consists of: columns, their meaning, and the page. Raised by hand
     * with every change of them; golden files enforce it.
     */
    int VERSION = 5;

    /**
     * Writes this format's files.
     *
     * @param folder exists and is writable
     * @throws java.io.UncheckedIOException when a file cannot be written
     */
    void write(ReportInput input, Path folder);
}
