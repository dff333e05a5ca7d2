package org.adapterbench.reports.html;

import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.WriterOutput;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.adapterbench.reports.ReportFormat;
import org.adapterbench.reports.ReportInput;

/** One self-contained page, {@code index.html}: no script, no request, readable on paper and on a phone. */
public final class HtmlReport implements ReportFormat {

    /** The page's file name. */
    public static final String FILE = "index.html";

    @Override
    public void write(ReportInput input, Path folder) {
        // Not Files.newBufferedWriter: a lone surrogate in a name must become '?', not end the report.
        try (Writer out = new BufferedWriter(
                new OutputStreamWriter(Files.newOutputStream(folder.resolve(FILE)), StandardCharsets.UTF_8))) {
            JtepageGenerated.render(new OwaspHtmlTemplateOutput(new WriterOutput(out)), null, Page.of(input));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
