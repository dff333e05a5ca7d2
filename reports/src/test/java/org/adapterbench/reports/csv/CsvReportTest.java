package org.adapterbench.reports.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.adapterbench.api.FailureKind;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.reports.ReportInput;
import org.adapterbench.reports.SyntheticReports;
import org.adapterbench.reports.SyntheticRun;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvReportTest {

    @TempDir
    Path folder;

    private List<CSVRecord> read(String name, ReportInput input) throws IOException {
        new CsvReport().write(input, folder);
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (CSVParser parser = CSVParser.parse(folder.resolve(name), StandardCharsets.UTF_8, format)) {
            return parser.getRecords();
        }
    }

    @Test
    void everyRunHasOneRowWithItsFailure() throws IOException {
        List<CSVRecord> rows = read("runs.csv", SyntheticReports.quick());

        assertThat(rows).hasSize(36);
        List<CSVRecord> failed =
                rows.stream().filter(row -> row.get("status").equals("FAILED")).toList();
        assertThat(failed).singleElement().satisfies(row -> {
            assertThat(row.get("failure_kind")).isEqualTo("OUT_OF_MEMORY");
            assertThat(row.get("primary_value")).isEmpty();
            assertThat(row.get("parameters_total")).isEmpty();
        });
    }

    @Test
    void countsAndCostsAreThoseOfTheRecord() throws IOException {
        SyntheticRun run = new SyntheticRun();
        RunRecord record = run.finished();

        CSVRecord row =
                read("runs.csv", ReportInput.of("x", List.of(record), "0")).get(0);

        assertThat(record.outcome()).isNotNull();
        assertThat(row.get("run_id")).isEqualTo(record.runId());
        assertThat(row.get("parameters_method")).isEqualTo("73728");
        assertThat(row.get("parameters_head")).isEqualTo("148610");
        assertThat(row.get("settings")).isEqualTo("{\"alpha\":16,\"rank\":8,\"targets\":[\"query\",\"value\"]}");
        assertThat(Double.parseDouble(row.get("examples_per_second")))
                .isEqualTo(record.outcome().cost().examplesPerSecond());
        assertThat(row.get("weights_sha256"))
                .isEqualTo(record.outcome().hashes().weights());
        assertThat(row.get("gpu")).isEmpty();
    }

    @Test
    void metricsHoldEveryEpochAndTheReportedCheckpoint() throws IOException {
        List<CSVRecord> rows = read("metrics.csv", ReportInput.of("x", List.of(new SyntheticRun().finished()), "0"));

        // 4 evaluations and the reported one with loss and 2 metrics each; 3 training losses.
        assertThat(rows).hasSize(5 * 3 + 3);
        assertThat(rows)
                .filteredOn(row -> row.get("checkpoint").equals("reported"))
                .extracting(row -> row.get("metric") + row.get("epoch"))
                .containsExactly("loss", "accuracy", "matthews");
    }

    @Test
    void aSummaryOfOneSeedHasAnEmptyDeviation() throws IOException {
        List<CSVRecord> rows = read("summary.csv", ReportInput.of("x", List.of(new SyntheticRun().finished()), "0"));

        assertThat(rows).hasSize(2).allSatisfy(row -> {
            assertThat(row.get("seeds")).isEqualTo("1");
            assertThat(row.get("sd")).isEmpty();
            assertThat(row.get("mean")).isEqualTo(row.get("min")).isEqualTo(row.get("max"));
        });
    }

    @Test
    void aSummaryCountsFailedSeedsApart() throws IOException {
        List<CSVRecord> rows = read("summary.csv", SyntheticReports.quick());

        assertThat(rows)
                .filteredOn(row -> !row.get("failed_seeds").equals("0"))
                .hasSize(2)
                .allSatisfy(row -> {
                    assertThat(row.get("variant")).isEqualTo("lora r 8");
                    assertThat(row.get("seeds")).isEqualTo("2");
                });
    }

    @Test
    void aVariantWhoseEverySeedFailedHasASummaryRowWithoutAScore() throws IOException {
        SyntheticRun run = new SyntheticRun();
        SyntheticRun other = new SyntheticRun();
        other.variant = "broken";
        RunRecord first = other.failed(FailureKind.DIVERGED, "loss is NaN", null);
        other.seed = 2;
        RunRecord second = other.failed(FailureKind.DIVERGED, "loss is NaN", null);

        List<CSVRecord> rows =
                read("summary.csv", SyntheticReports.input("x", List.of(run.finished(), first, second), List.of()));

        assertThat(rows)
                .filteredOn(row -> row.get("variant").equals("broken"))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.get("seeds")).isEqualTo("0");
                    assertThat(row.get("failed_seeds")).isEqualTo("2");
                    assertThat(row.get("split")).isEqualTo("dev");
                    assertThat(row.get("metric")).isEqualTo("matthews");
                    assertThat(row.get("mean")).isEmpty();
                    assertThat(row.get("sd")).isEmpty();
                    assertThat(row.get("parameters_method_mean")).isEmpty();
                });
    }

    @Test
    void aRateStandsOnlyWhereSomethingIsTrainedAtIt() throws IOException {
        SyntheticRun lora = new SyntheticRun();
        SyntheticRun headOnly = new SyntheticRun();
        headOnly.variant = "head-only";
        headOnly.methodParameters = 0;
        SyntheticRun warmStart = new SyntheticRun();
        warmStart.variant = "warm-start";
        warmStart.methodParameters = 0;
        warmStart.headParameters = 0;

        List<CSVRecord> rows = read(
                "runs.csv",
                ReportInput.of("x", List.of(lora.finished(), headOnly.finished(), warmStart.finished()), "0"));

        assertThat(rows)
                .extracting(row ->
                        row.get("variant") + "|" + row.get("learning_rate") + "|" + row.get("head_learning_rate"))
                .containsExactly("head-only||0.001", "lora r 8|0.0003|0.001", "warm-start||");
    }

    @Test
    void withoutAFinishedRunTheTablesHoldTheFailureAlone() throws IOException {
        ReportInput input =
                ReportInput.of("x", List.of(new SyntheticRun().failed(FailureKind.CRASHED, "signal 11", null)), "0");

        assertThat(read("runs.csv", input)).hasSize(1);
        assertThat(read("metrics.csv", input)).isEmpty();
        assertThat(read("summary.csv", input)).singleElement().satisfies(row -> {
            assertThat(row.get("seeds")).isEqualTo("0");
            assertThat(row.get("metric")).isEmpty();
        });
    }

    @Test
    void hostileNamesAreInertAndReadBack() throws IOException {
        SyntheticRun run = new SyntheticRun();
        run.variant = "=1+1,\"a\"\r\nb";
        run.settings = Map.of("note", "\"quoted\"\\\n");
        run.quality = -0.5;

        CSVRecord row = read("runs.csv", ReportInput.of("x", List.of(run.finished()), "0"))
                .get(0);

        assertThat(row.get("variant")).isEqualTo("'=1+1,\"a\"\r\nb");
        assertThat(row.get("settings")).isEqualTo("{\"note\":\"\\\"quoted\\\"\\\\\\u000a\"}");
        assertThat(row.get("primary_value")).isNotEmpty();
    }

    @Test
    void onlyTextThatAFormulaCouldStartWithIsMarked() {
        assertThat(CsvTable.inert("lora r 8")).isEqualTo("lora r 8");
        assertThat(CsvTable.inert("a=b")).isEqualTo("a=b");
        assertThat(CsvTable.inert("=1+1")).isEqualTo("'=1+1");
        assertThat(CsvTable.inert("+1")).isEqualTo("'+1");
        assertThat(CsvTable.inert("-1")).isEqualTo("'-1");
        assertThat(CsvTable.inert("@SUM(A1)")).isEqualTo("'@SUM(A1)");
        assertThat(CsvTable.inert("\t=1")).isEqualTo("'\t=1");
        assertThat(CsvTable.inert("  =1")).isEqualTo("'  =1");
        assertThat(CsvTable.inert("\uFF1D1")).isEqualTo("'\uFF1D1");
        assertThat(CsvTable.inert("'=1")).isEqualTo("''=1");
        assertThat(CsvTable.inert("")).isEmpty();
    }

    @Test
    void negativeNumbersStayNumbers() throws IOException {
        SyntheticRun run = new SyntheticRun();
        run.quality = -0.5;
        run.startQuality = -0.6;

        List<CSVRecord> rows = read("metrics.csv", ReportInput.of("x", List.of(run.finished()), "0"));

        assertThat(rows)
                .filteredOn(row -> row.get("metric").equals("matthews"))
                .isNotEmpty()
                .allSatisfy(
                        row -> assertThat(Double.parseDouble(row.get("value"))).isNegative());
    }

    @Test
    void linesEndAsTheStandardSays() throws IOException {
        new CsvReport().write(SyntheticReports.quick(), folder);

        String text = Files.readString(folder.resolve("summary.csv"));

        assertThat(text).endsWith("\r\n").startsWith("report_version,table,encoder,");
        assertThat(text.replace("\r\n", "")).doesNotContain("\n");
    }
}
