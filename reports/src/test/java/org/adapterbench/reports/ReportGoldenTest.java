package org.adapterbench.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TimeZone;
import org.adapterbench.api.record.RunRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportGoldenTest {

    private final Locale locale = Locale.getDefault();
    private final TimeZone zone = TimeZone.getDefault();

    @TempDir
    Path folder;

    @AfterEach
    void restore() {
        Locale.setDefault(locale);
        TimeZone.setDefault(zone);
    }

    @ParameterizedTest
    @CsvSource({"und,UTC", "de-DE,Asia/Kathmandu", "tr-TR,UTC", "ar-EG,America/St_Johns", "hi-IN-u-nu-deva,UTC"})
    void filesAreTheSameInEveryLocaleAndTimeZone(String language, String timeZone) throws IOException {
        Locale.setDefault(Locale.forLanguageTag(language));
        TimeZone.setDefault(TimeZone.getTimeZone(timeZone));

        Report.write(SyntheticReports.small(), folder);

        for (String name : List.of("runs.csv", "metrics.csv", "summary.csv", "index.html")) {
            GoldenFiles.compare(name, Files.readAllBytes(folder.resolve(name)));
        }
    }

    @Test
    void filesDoNotDependOnTheOrderOfTheRecords() throws IOException {
        ReportInput input = SyntheticReports.quick();
        List<RunRecord> shuffled = new ArrayList<>(input.records());
        Collections.shuffle(shuffled, new Random(11));
        ReportInput other = new ReportInput(
                input.about(),
                shuffled,
                input.toolVersion(),
                input.schemaVersion(),
                input.variantOrder(),
                input.tasks(),
                input.baselines(),
                input.absent(),
                List.of());

        Report.write(input, folder.resolve("a"));
        Report.write(other, folder.resolve("b"));

        for (String name : List.of("runs.csv", "metrics.csv", "summary.csv", "index.html")) {
            assertThat(folder.resolve("b").resolve(name))
                    .hasSameBinaryContentAs(folder.resolve("a").resolve(name));
        }
    }
}
