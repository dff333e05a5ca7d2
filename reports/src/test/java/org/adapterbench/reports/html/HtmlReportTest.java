package org.adapterbench.reports.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.adapterbench.api.FailureKind;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.api.task.SplitFacts;
import org.adapterbench.reports.About;
import org.adapterbench.reports.AbsentBaselines;
import org.adapterbench.reports.Baseline;
import org.adapterbench.reports.ReportFormat;
import org.adapterbench.reports.ReportInput;
import org.adapterbench.reports.SyntheticReports;
import org.adapterbench.reports.SyntheticRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {

    @TempDir
    Path folder;

    private String page(ReportInput input) throws IOException {
        new HtmlReport().write(input, folder);
        return Files.readString(folder.resolve("index.html"));
    }

    private static RunRecord run(String variant, long seed) {
        SyntheticRun run = new SyntheticRun();
        run.variant = variant;
        run.seed = seed;
        return run.finished();
    }

    @Test
    void thePageNamesItsVersions() throws IOException {
        assertThat(page(SyntheticReports.quick()))
                .contains("<meta name=\"adapterbench-tool-version\" content=\"0.1.0\">")
                .contains("<meta name=\"adapterbench-schema-version\" content=\"" + RunRecord.SCHEMA_VERSION + "\">")
                .contains("<meta name=\"adapterbench-report-version\" content=\"" + ReportFormat.VERSION + "\">")
                .contains("tool 0.1.0 · record schema 2");
    }

    @Test
    void runsThatTheExperimentAsksForAndThatAreMissingAreNamed() throws IOException {
        List<About.Planned> planned = new ArrayList<>();
        for (String variant : List.of("full", "lora")) {
            for (long seed = 1; seed <= 6; seed++) {
                planned.add(new About.Planned(run("full", 1).spec().task().name(), variant, seed));
            }
        }

        assertThat(page(about(new About("x", "x", "", 1, planned), List.of(run("full", 1), run("lora", 1)))))
                .contains("10 of 12 runs are missing: ")
                .contains(" full seed 2, ")
                .contains(" lora seed 4 and 2 more.")
                .doesNotContain(" full seed 1,");
        assertThat(page(about(new About("x", "x", "", 1, planned.subList(0, 1)), List.of(run("full", 1)))))
                .doesNotContain("missing");
        assertThat(page(about(new About("x", "x", "", 2, planned.subList(0, 1)), List.of(run("full", 1)))))
                .contains("1 of 2 runs are missing: ")
                .contains(" full seed 1 (1 of 2 encoders).");
    }

    @Test
    void encodersOfOneNameAreCountedByTheirWeights() throws IOException {
        SyntheticRun other = new SyntheticRun();
        other.variant = "full";
        other.seed = 1;
        other.weights = "b";
        List<About.Planned> planned =
                List.of(new About.Planned(run("full", 1).spec().task().name(), "full", 1));

        assertThat(page(about(new About("x", "x", "", 2, planned), List.of(run("full", 1), other.finished()))))
                .doesNotContain("missing");
    }

    @Test
    void recordsThatWereLeftOutAreNamedWithTheReason() throws IOException {
        List<String> damaged = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            damaged.add(i + ".json (not <JSON>)");
        }

        assertThat(page(new ReportInput(
                        About.named("x"),
                        List.of(run("full", 1)),
                        "0.1.0",
                        RunRecord.SCHEMA_VERSION,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        damaged)))
                .contains("Left out, because they are damaged: 0.json (not &lt;JSON&gt;); 1.json")
                .contains("7.json (not &lt;JSON&gt;); and 1 more.")
                .doesNotContain("8.json");
    }

    private static ReportInput about(About about, List<RunRecord> records) {
        return new ReportInput(
                about,
                records,
                "0.1.0",
                RunRecord.SCHEMA_VERSION,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    @Test
    void thePageNeedsNothingFromOutside() throws IOException {
        String page = page(SyntheticReports.quick());

        assertThat(page).doesNotContain("<script", "http://", "https://", "src=", "url(", "@import", "javascript:");
        assertThat(page)
                .contains("Content-Security-Policy")
                .contains("prefers-color-scheme: dark")
                .contains("@media print");
        assertThat(page.split("href=", -1))
                .allSatisfy(link -> assertThat(link).matches("(?s)(\"#|\"data:,|<!doctype).*"));
    }

    @Test
    void hostileTextIsShownAndNeverRun() throws IOException {
        SyntheticRun run = new SyntheticRun();
        String hostile = SyntheticReports.HOSTILE;
        run.experiment = hostile;
        run.encoder = hostile;
        run.task = hostile + "task";
        run.metric = hostile;
        run.variant = "\"><img src=x onerror=alert(1)>";
        run.method = hostile;
        run.settings = Map.of(hostile, hostile);
        run.processor = hostile;
        run.commit = hostile;
        List<RunRecord> records = new ArrayList<>(List.of(run.finished()));
        run.seed = 2;
        records.add(run.failed(FailureKind.BUG, hostile, "</pre></details><script>alert(2)</script>"));
        Baseline baseline = new Baseline(
                run.taskSpec(), "<b>majority</b>", new TreeMap<>(Map.of("dev", new TreeMap<>(Map.of(hostile, .5)))));

        String page = page(new ReportInput(
                new About(hostile, "<b>title</b>", "<b>description</b>"),
                records,
                "<i>0</i>",
                1,
                List.of(),
                List.of(),
                List.of(baseline),
                List.of(new AbsentBaselines(run.taskSpec(), "<b>reason</b>")),
                List.of()));

        assertThat(page)
                .doesNotContain("<script", "<img", "<b>", "<i>", "onerror=alert(1)>\"", "\u202E", "\u0000", "\uD800")
                .contains("&lt;script&gt;")
                .contains("&lt;/pre&gt;&lt;/details&gt;&lt;script&gt;alert(2)")
                .contains("[U+202E]evil[U+0000][U+D800]")
                .contains("&lt;b&gt;majority&lt;/b&gt;");
        // Nothing may leave an attribute: every tag that the page opens is one of the templates' own.
        assertThat(Pattern.compile("<([a-z0-9]+)").matcher(page).results().map(tag -> tag.group(1)))
                .containsOnly(
                        "html",
                        "head",
                        "meta",
                        "link",
                        "title",
                        "style",
                        "body",
                        "header",
                        "p",
                        "h1",
                        "dl",
                        "div",
                        "dd",
                        "dt",
                        "nav",
                        "a",
                        "main",
                        "section",
                        "h2",
                        "h3",
                        "table",
                        "thead",
                        "tbody",
                        "tr",
                        "th",
                        "td",
                        "small",
                        "span",
                        "svg",
                        "path",
                        "text",
                        "figure",
                        "figcaption",
                        "details",
                        "summary",
                        "ul",
                        "li",
                        "article",
                        "pre",
                        "footer");
    }

    @Test
    void meansAndSpreadsStandWithTheNumberOfSeeds() throws IOException {
        List<RunRecord> records = List.of(run("lora", 1), run("lora", 2), run("lora", 3));
        double[] scores = records.stream()
                .mapToDouble(
                        record -> record.outcome().reported().get(0).metrics().get("matthews"))
                .toArray();
        double mean = (scores[0] + scores[1] + scores[2]) / 3;
        double squares = 0;
        for (double score : scores) {
            squares += (score - mean) * (score - mean);
        }

        ReportInput input = SyntheticReports.input("x", records, List.of());
        ResultTable.Score score =
                Page.of(input).groups().get(0).results().rows().get(0).scores().get(0);

        assertThat(Double.parseDouble(score.mean())).isCloseTo(mean, within(5e-4));
        assertThat(Double.parseDouble(score.spread())).isCloseTo(Math.sqrt(squares / 2), within(5e-4));
        assertThat(score.seeds()).isEqualTo("3 seeds");
        assertThat(score.hint()).contains("seed 1: " + Shown.score(scores[0])).contains("seed 3: ");
    }

    @Test
    void aSingleSeedHasNoSpread() throws IOException {
        String page = page(SyntheticReports.input("x", List.of(run("lora", 1)), List.of()));

        assertThat(page).contains("1 seed<").doesNotContain(" ± 0", "NaN", "Infinity");
    }

    @Test
    void failedRunsStandInTheTableAndInTheirOwnList() throws IOException {
        String page = page(SyntheticReports.quick());

        assertThat(page)
                .contains("2 seeds, 1 failed")
                .contains("out of memory</span>")
                .contains("the worker was killed by the operating system (signal 9)")
                .contains("step 42 loss 0.3987");
    }

    @Test
    void withoutAFinishedRunThePageSaysSo() throws IOException {
        SyntheticRun run = new SyntheticRun();

        String page = page(ReportInput.of("x", List.of(run.failed(FailureKind.CRASHED, "signal 11", null)), "0"));

        assertThat(page)
                .contains("No run has finished: there is no result to show.")
                .contains("1 failed")
                .contains("signal 11")
                .doesNotContain("<figure", "NaN", "Infinity");
    }

    @Test
    void withoutAnyRunThePageSaysSo() throws IOException {
        assertThat(page(ReportInput.of("x", List.of(), "0")))
                .contains("No run has been recorded yet.")
                .contains("No run failed.");
    }

    @Test
    void differentStartsNeverShareATable() throws IOException {
        SyntheticRun other = new SyntheticRun();
        other.variant = "other start";
        other.startHash = "another head";

        List<Group> groups = Page.of(ReportInput.of("x", List.of(run("lora", 1), other.finished()), "0"))
                .groups();

        assertThat(groups).hasSize(2);
        assertThat(groups)
                .allSatisfy(group -> assertThat(group.results().rows()).hasSize(1));
        assertThat(page(ReportInput.of("x", List.of(run("lora", 1), other.finished()), "0")))
                .contains("2 tables because they differ in start weights."
                        + " Numbers from different tables must not be compared.");
    }

    @Test
    void baselinesStandOnlyBesideTheirOwnData() {
        SyntheticRun run = new SyntheticRun();
        SyntheticRun elsewhere = new SyntheticRun();
        elsewhere.dataVersion = "2";
        var scores = new TreeMap<>(Map.of("dev", new TreeMap<>(Map.of("matthews", .123))));
        List<Baseline> baselines = List.of(
                new Baseline(run.taskSpec(), "majority", new TreeMap<>(scores)),
                new Baseline(elsewhere.taskSpec(), "bag of words", new TreeMap<>(scores)));

        ResultTable table = Page.of(SyntheticReports.input("x", List.of(run.finished()), baselines))
                .groups()
                .get(0)
                .results();

        assertThat(table.rows())
                .filteredOn(ResultTable.Row::baseline)
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.name()).isEqualTo("majority");
                    assertThat(row.scores().get(0).mean()).isEqualTo("0.123");
                });
    }

    @Test
    void aBaselinesNameGivesWayToADot() {
        Room room = new Room(0, 100, 0, 100);
        room.take(new Room.Box(85, 95, 40, 50));
        Room.Box right = new Room.Box(60, 100, 35, 48);
        Room.Box further = new Room.Box(20, 60, 35, 48);

        assertThat(room.freest(List.of(right, further))).isEqualTo(further);
        assertThat(room.freest(List.of(new Room.Box(0, 10, 0, 10), further))).isNotEqualTo(further);
    }

    @Test
    void absentBaselinesAreExplainedBelowTheTable() throws IOException {
        SyntheticRun run = new SyntheticRun();
        ReportInput input = new ReportInput(
                new About("x", "x", ""),
                List.of(run.finished()),
                "0",
                1,
                List.of(),
                List.of(),
                List.of(),
                List.of(new AbsentBaselines(run.taskSpec(), "the texts were not at hand")),
                List.of());

        assertThat(page(input)).contains("No baselines for wordnet/accept, because the texts were not at hand.");
    }

    @Test
    void thePageIsHeadedByTheTitleWithNameAndDescription() throws IOException {
        ReportInput input = new ReportInput(
                new About("quick", "Every method", "Two tasks on a laptop."),
                List.of(run("lora", 1)),
                "0",
                1,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());

        assertThat(page(input))
                .contains("<title>Every method – adapterbench report</title>")
                .contains("<h1>Every method <span class=\"name\">quick</span></h1>")
                .contains("<p class=\"description\">Two tasks on a laptop.</p>");
        assertThat(page(ReportInput.of("quick", List.of(run("lora", 1)), "0")))
                .contains("<h1>quick</h1>")
                .doesNotContain("class=\"description\"");
    }

    @Test
    void otherContentIsMarkedAtItsOwnTable() {
        SyntheticRun other = new SyntheticRun();
        other.dataVersion = "2";
        other.content = SplitFacts.ContentStatus.OTHER;

        List<Group> groups = Page.of(ReportInput.of("x", List.of(run("lora", 1), other.finished()), "0"))
                .groups();

        assertThat(groups)
                .extracting(Group::title)
                .containsExactly(
                        "minilm-l6, after a warm-up of 2 epochs, portable numerics, official content",
                        "minilm-l6, after a warm-up of 2 epochs, portable numerics, other content than the official");
        assertThat(groups)
                .extracting(Group::otherContent)
                .containsExactly(List.of(), List.of("wordnet/accept (train, dev)"));
    }

    @Test
    void otherContentIsLabelled() throws IOException {
        SyntheticRun run = new SyntheticRun();
        run.content = SplitFacts.ContentStatus.OTHER;

        assertThat(page(ReportInput.of("x", List.of(run.finished()), "0")))
                .contains("Other content than the official one: wordnet/accept."
                        + " Results on other content are not comparable with published ones.")
                .contains("<strong>Other content than the official one:</strong> wordnet/accept (train, dev).")
                .contains("<span class=\"bad\">other</span>");
    }

    @Test
    void differencesInProvenanceAreShown() {
        SyntheticRun other = new SyntheticRun();
        other.seed = 2;
        other.processor = "Other processor";

        ProvenanceTables tables = Page.of(ReportInput.of("x", List.of(run("lora", 1), other.finished()), "0"))
                .provenance();

        assertThat(tables.different().rows())
                .extracting(row -> row.get(0).text() + "=" + row.get(1).text())
                .containsExactly("processor=AMD EPYC 7R13", "processor=Other processor");
        assertThat(tables.same())
                .extracting(Fact::name)
                .contains("Java", "TensorFlow")
                .doesNotContain("processor");
        assertThat(tables.machines().rows()).hasSize(2);
    }

    @Test
    void timesOfDifferentMachinesAreNotAveraged() {
        SyntheticRun other = new SyntheticRun();
        other.variant = "lora";
        other.seed = 2;
        other.processor = "Other processor";

        PlainTable throughput = Page.of(ReportInput.of("x", List.of(run("lora", 1), other.finished()), "0"))
                .groups()
                .get(0)
                .throughput();

        assertThat(throughput.rows()).extracting(row -> row.get(2).text()).containsExactly("A", "B");
    }

    @Test
    void aMethodThatTrainsNothingIsDrawnApartFromTheLogarithmicScale() {
        SyntheticRun none = new SyntheticRun();
        none.variant = "none";
        none.methodParameters = 0;

        List<Chart> charts = Page.of(ReportInput.of("x", List.of(run("lora", 1), none.finished()), "0"))
                .groups()
                .get(0)
                .quality();

        assertThat(charts).singleElement().satisfies(chart -> {
            assertThat(chart.labels()).extracting(Chart.Label::text).contains("0", "none", "lora");
            assertThat(chart.shapes()).noneMatch(shape -> shape.path().contains("NaN"));
        });
    }
}
