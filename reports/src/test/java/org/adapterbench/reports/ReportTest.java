package org.adapterbench.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.adapterbench.api.UserError;
import org.adapterbench.api.record.RunRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    private static final String[] FILES = {"index.html", "metrics.csv", "runs.csv", "summary.csv"};

    @TempDir
    Path folder;

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void allFilesAreWrittenIntoANewFolderAndNothingElse() throws IOException {
        Path report = folder.resolve("out").resolve("report");

        Path page = Report.write(SyntheticReports.small(), report);

        assertThat(page).isEqualTo(report.resolve("index.html")).isNotEmptyFile();
        assertThat(names(report)).containsExactly(FILES);
    }

    @Test
    void aNewReportReplacesTheOldOne() throws IOException {
        Report.write(SyntheticReports.small(), folder);
        Report.write(SyntheticReports.quick(), folder);

        assertThat(Files.readString(folder.resolve("index.html"))).contains("<h1>quick</h1>");
        assertThat(names(folder)).containsExactly(FILES);
    }

    @Test
    void anErrorWhileWritingLeavesTheOldReportAndNoRest() throws IOException {
        Report.write(SyntheticReports.small(), folder);
        String old = Files.readString(folder.resolve("runs.csv"));
        List<RunRecord> records = new ArrayList<>(SyntheticReports.quick().records());
        RunRecord last = records.remove(records.size() - 1);
        records.add(withoutProvenance(last));

        assertThatThrownBy(() -> Report.write(ReportInput.of("x", records, "0"), folder))
                .isInstanceOf(NullPointerException.class);

        assertThat(Files.readString(folder.resolve("runs.csv"))).isEqualTo(old);
        assertThat(names(folder)).containsExactly(FILES);
    }

    @SuppressWarnings("NullAway")
    private static RunRecord withoutProvenance(RunRecord run) {
        return new RunRecord(
                run.schemaVersion(),
                run.runId(),
                run.experiment(),
                run.variant(),
                run.status(),
                run.spec(),
                run.failure(),
                run.outcome(),
                null);
    }

    @Test
    void aFolderThatCannotBeMadeIsTheUsersError() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> Report.write(SyntheticReports.small(), file.resolve("report")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(file.resolve("report").toString())
                .hasMessageContaining("allowed: a writable folder");
    }
}
