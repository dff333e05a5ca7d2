package org.adapterbench.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.adapterbench.api.record.RunRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LargeReportTest {

    @TempDir
    Path folder;

    /** Sweeps make many variants; the page must stay one that a browser opens, the tables must be complete. */
    @Test
    void thePageOfManyRunsStaysSmallAndTheTablesComplete() throws IOException {
        List<RunRecord> records = new ArrayList<>();
        for (int variant = 0; variant < 300; variant++) {
            for (long seed = 1; seed <= 4; seed++) {
                SyntheticRun run = new SyntheticRun();
                run.variant = "variant " + variant;
                run.seed = seed;
                run.stepsAnEpoch = 4;
                records.add(run.finished());
            }
        }

        Report.write(ReportInput.of("many", records, "0"), folder);

        assertThat(Files.size(folder.resolve("index.html"))).isLessThan(2_000_000);
        String page = Files.readString(folder.resolve("index.html"));
        assertThat(page)
                .contains("700 more rows are in the CSV files.")
                .contains("100 more variants are in summary.csv.")
                .contains("284 more are in the tables.");
        try (var lines = Files.lines(folder.resolve("runs.csv"))) {
            assertThat(lines.count()).isEqualTo(1 + 1200);
        }
    }
}
