package org.adapterbench.reports;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.adapterbench.api.Reason;
import org.adapterbench.api.UserError;
import org.adapterbench.reports.csv.CsvReport;
import org.adapterbench.reports.html.HtmlReport;

/** Writes the report of an experiment in all formats. */
public final class Report {

    private static final List<ReportFormat> FORMATS = List.of(new CsvReport(), new HtmlReport());

    private Report() {}

    /**
     * Writes all files beside the folder first and then moves each into its place in one step, so that a
     * reader never sees half a file and a failure leaves the old report.
     *
     * @param folder created when missing; files of other names in it are left alone
     * @return the page to open
     * @throws UserError when the folder cannot be written
     */
    public static Path write(ReportInput input, Path folder) {
        Path target = folder.toAbsolutePath().normalize();
        try {
            Files.createDirectories(target);
            // Inside the target: a rename is atomic only within one file system.
            Path staging = Files.createTempDirectory(target, ".writing-");
            try {
                FORMATS.forEach(format -> format.write(input, staging));
                for (Path file : files(staging)) {
                    Files.move(
                            file,
                            target.resolve(file.getFileName()),
                            StandardCopyOption.ATOMIC_MOVE,
                            StandardCopyOption.REPLACE_EXISTING);
                }
            } finally {
                delete(staging);
            }
        } catch (IOException e) {
            throw unwritable(folder, e);
        } catch (UncheckedIOException e) {
            throw unwritable(folder, e.getCause());
        }
        return target.resolve(HtmlReport.FILE);
    }

    private static UserError unwritable(Path folder, IOException cause) {
        return new UserError(
                folder + ": the report cannot be written here: " + Reason.of(cause) + " (allowed: a writable folder)",
                cause);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static void delete(Path folder) throws IOException {
        for (Path file : files(folder)) {
            Files.delete(file);
        }
        Files.delete(folder);
    }
}
