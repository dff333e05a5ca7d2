package org.adapterbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.adapterbench.api.FailureKind;
import org.adapterbench.api.Sha256;
import org.adapterbench.api.method.Settings;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.record.Outcome;
import org.adapterbench.api.record.Provenance;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.api.record.RunSpec;
import org.adapterbench.api.task.SplitFacts;
import org.adapterbench.api.task.SplitFacts.ContentStatus;
import org.adapterbench.core.config.Defaults;
import org.adapterbench.core.grid.PlannedRun;
import org.adapterbench.reports.About;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the console shows of runs whose texts are not on this machine. */
final class TextTableTest {

    @TempDir
    private Path folder = Path.of("");

    private static RunRecord run(int examples, ContentStatus status) {
        String content = Sha256.ofText("texts " + status);
        return RunRecord.finished(
                Sha256.ofText(examples + content),
                "mine",
                "some-method",
                spec("an-encoder", content, examples),
                outcome(content, status),
                made());
    }

    private static RunRecord failed(String encoder) {
        return new RunRecord(
                RunRecord.SCHEMA_VERSION,
                Sha256.ofText(encoder),
                "mine",
                "some-method",
                RunRecord.Status.FAILED,
                spec(encoder, Sha256.ofText("texts"), 64),
                new RunRecord.Failure(FailureKind.HUNG, "no step", null),
                null,
                made());
    }

    private static RunSpec spec(String encoder, String content, int examples) {
        var train = new RunSpec.SplitSpec("train", content, RunSpec.SubsetRule.FIRST, 0, examples, content);
        var dev = new RunSpec.SplitSpec("dev", content, RunSpec.SubsetRule.ALL, 0, 408, content);
        return new RunSpec(
                RunSpec.RECIPE_VERSION,
                new RunSpec.EncoderSpec(encoder, content, content, content),
                new RunSpec.TaskSpec("glue/mrpc", train, List.of(dev)),
                new RunSpec.MethodSpec("some-method", Settings.recorded(Map.of())),
                new RunSpec.StartSpec(null),
                Defaults.TRAINING,
                1,
                Numerics.PORTABLE,
                2);
    }

    private static Outcome outcome(String content, ContentStatus status) {
        return new Outcome(
                new Outcome.Start("pretrained", content),
                List.of(
                        new SplitFacts("train", content, 3668, new TreeMap<>(), status),
                        new SplitFacts("dev", content, 408, new TreeMap<>(), status)),
                new Outcome.ParameterCounts(10, 5, 15, 1000, 64),
                List.of(),
                List.of(),
                List.of(),
                List.of(new Outcome.SplitScore(
                        "dev", 408, 0.5, new TreeMap<>(Map.of("accuracy", 0.75, "f1-positive", 0.8)))),
                new Outcome.Hashes(content, content, content),
                new Outcome.Cost(new TreeMap<>(), null, null, null, null, null, null, null),
                new Outcome.Files("adapter.safetensors", "predictions.csv", "log.txt"));
    }

    private static Provenance made() {
        return new Provenance(
                "0",
                null,
                null,
                "2026-01-01T00:00:00Z",
                "17",
                "2",
                null,
                "Linux",
                "a processor",
                "avx2",
                2,
                null,
                new TreeMap<>(),
                new TreeMap<>());
    }

    private List<String> lines(RunRecord... runs) {
        return table(runs).lines();
    }

    private TextTable table(RunRecord... runs) {
        Surroundings surroundings = Surroundings.ofThisProcess()
                .with(Map.of("GLUE_DIR", folder.resolve("no-data").toString()));
        Materials materials = Materials.of(surroundings, null, new PrintWriter(new StringWriter()));
        return new TextTable(
                new ReportWriter(materials).input(About.named("mine"), List.of(runs), List.of(), List.of()));
    }

    @Test
    void tablesAreToldApartByTheirHeadings() {
        assertThat(lines(run(64, ContentStatus.OFFICIAL), run(128, ContentStatus.OFFICIAL)))
                .filteredOn(line -> line.startsWith("Results "))
                .map(line -> line.substring("Results N: ".length()))
                .containsExactlyInAnyOrder(
                        "an-encoder, from the pretrained weights, portable numerics, 64 training examples;"
                                + " mean ± standard deviation (seeds)",
                        "an-encoder, from the pretrained weights, portable numerics, 128 training examples;"
                                + " mean ± standard deviation (seeds)");
    }

    @Test
    void runsAreNamedWithTheirEncoderWhereThereAreSeveral() {
        assertThat(table(failed("one")).failures())
                .singleElement()
                .asString()
                .startsWith("FAILED glue/mrpc some-method seed 1: HUNG");
        assertThat(table(failed("one"), failed("other")).failures())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("FAILED one glue/mrpc some-method seed 1: HUNG"),
                        line -> assertThat(line).startsWith("FAILED other glue/mrpc some-method seed 1: HUNG"));
        RunRecord run = failed("one");
        assertThat(Label.of(new PlannedRun(run.runId(), run.spec(), run.variant(), "./one"), true))
                .isEqualTo("one glue/mrpc some-method seed 1");
    }

    @Test
    void otherContentIsMarkedAtItsTable() {
        List<String> lines = lines(run(64, ContentStatus.OFFICIAL), run(64, ContentStatus.OTHER));

        String mark = "  Other content than the official one: glue/mrpc (train, dev)."
                + " These scores are not comparable with published ones.";
        assertThat(lines).containsOnlyOnce(mark);
        assertThat(lines.get(lines.indexOf(mark) - 1)).contains("other content than the official;");
    }

    @Test
    void aDamagedFileOfDataIsTheReasonWhyBaselinesAreAbsent() throws IOException {
        Path train = Files.createDirectories(folder.resolve("no-data/MRPC")).resolve("train.tsv");
        Files.writeString(train, "no such column\n");

        assertThat(lines(run(64, ContentStatus.OFFICIAL)))
                .filteredOn(line -> line.startsWith("  No baselines for glue/mrpc, because "))
                .singleElement()
                .asString()
                .contains(" when the report was written: " + train + ":1: unknown column ");
    }

    @Test
    void absentBaselinesAreSaidInOneLine() {
        assertThat(lines(run(64, ContentStatus.OFFICIAL)))
                .filteredOn(line -> line.startsWith("  No baselines for glue/mrpc, because the texts that the runs used"
                        + " could not be read when the report was written: GLUE_DIR: '" + folder.resolve("no-data")
                        + "' is no folder ("))
                .hasSize(1);
        assertThat(lines(run(64, ContentStatus.OFFICIAL))).noneMatch(line -> line.contains("(majority)"));
        assertThat(lines(run(30_000, ContentStatus.OFFICIAL)))
                .contains("  No baselines for glue/mrpc, because they are made of at most 20,000 training examples.");
    }
}
