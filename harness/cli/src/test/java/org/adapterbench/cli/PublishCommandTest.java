package org.adapterbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.core.compare.PublishedRecords;
import org.adapterbench.core.compare.PublishedRun;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code publish}, and what {@code run} says of published records, in a checkout that has nothing else. */
final class PublishCommandTest {

    private static final String EXPERIMENT = """
            name: tiny
            encoders: [minilm-l6]
            tasks: [wordnet/accept]
            seeds: [1]
            data: {train: 32, evaluation: 16}
            start: pretrained
            training: {epochs: 1, max-length: 16}
            methods: [head-only, warm-start]
            """;

    @TempDir
    private Path folder = Path.of("");

    private Path file = Path.of("");
    private Surroundings surroundings = Surroundings.ofThisProcess();
    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    @BeforeEach
    void writeTheExperiment() throws IOException {
        Assumptions.assumeTrue(surroundings.portable(), "SKIPPED: this processor is not x86-64 with AVX2 and FMA");
        file = Files.writeString(folder.resolve("tiny.yaml"), EXPERIMENT);
        become(true);
    }

    private void become(boolean portable) {
        Map<String, String> environment = surroundings
                .with(Map.of("OUT", folder.resolve("out").toString()))
                .environment();
        surroundings = new Surroundings(
                environment,
                folder.resolve("checkout"),
                surroundings.folder(),
                0,
                EnumSet.of(portable ? Numerics.PORTABLE : Numerics.FAST));
    }

    private int run(String... arguments) {
        out = new StringWriter();
        err = new StringWriter();
        return Main.run(surroundings, new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    private List<String> lastLines(int count) {
        List<String> lines = out.toString().lines().toList();
        return lines.subList(lines.size() - count, lines.size());
    }

    private Path published() {
        return PublishedRecords.file(surroundings.root(), "tiny");
    }

    @Test
    void aRunEndsWithWhetherItIsIdenticalToWhatIsPublished() throws IOException {
        String page = folder.resolve("out/tiny/report/index.html").toString();

        assertThat(run("publish", file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("head-only seed 1").contains("is not finished in");

        assertThat(run("run", file.toString())).as(() -> out + "" + err).isZero();
        assertThat(out.toString()).doesNotContain("published");

        assertThat(run("publish", file.toString(), "--only", "method=head-only"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("make another experiment of tiny");
        assertThat(published()).doesNotExist();

        assertThat(run("publish", file.toString(), "--with-changes")).isZero();
        assertThat(lastLines(2)).containsExactly("2 runs published", published().toString());

        assertThat(run("run", file.toString())).isZero();
        assertThat(lastLines(2)).containsExactly("identical to the published records: 2 of 2 runs", page);

        assertThat(run("run", file.toString(), "--only", "method=head-only")).isZero();
        assertThat(lastLines(2)).containsExactly("identical to the published records: 1 of 1 run", page);

        otherRunsAreSaidToHaveNoPublishedRecord(page);
        fastRunsAreNotCompared(page);
        brokenHashesAreNamed(page);
    }

    private void otherRunsAreSaidToHaveNoPublishedRecord(String page) {
        String only = "method=warm-start";
        assertThat(run("run", file.toString(), "--only", only, "--set", "seeds=1,2"))
                .isZero();
        assertThat(lastLines(2))
                .containsExactly(
                        "identical to the published records: 1 of 1 run; 1 more run has settings without a published"
                                + " record",
                        page);
        assertThat(run("run", file.toString(), "--only", only, "--set", "seeds=2"))
                .isZero();
        assertThat(lastLines(2)).containsExactly("no published record has the settings of this run", page);
    }

    private void fastRunsAreNotCompared(String page) {
        become(false);
        assertThat(run("run", file.toString(), "--only", "method=warm-start")).isZero();
        assertThat(lastLines(2).get(0))
                .startsWith("the published records do not apply: ")
                .contains("fast");
        assertThat(lastLines(1)).containsExactly(page);
        assertThat(run("publish", file.toString())).isEqualTo(2);
        become(true);
    }

    private void brokenHashesAreNamed(String page) throws IOException {
        PublishedRun first =
                PublishedRecords.read(published()).orElseThrow().runs().get(0);
        String text = Files.readString(published());
        Files.writeString(published(), text.replace(first.hashes().weights(), "b".repeat(64)));
        assertThat(run("run", file.toString())).isZero();
        assertThat(lastLines(3))
                .containsExactly(
                        "not as published: wordnet/accept head-only seed 1 (run " + first.runId() + "): weights "
                                + first.hashes().weights().substring(0, 16) + " instead of " + "b".repeat(16),
                        "identical to the published records: 1 of 2 runs",
                        page);

        Files.writeString(published(), text.replaceFirst("\"recipeVersion\" : [0-9]+", "\"recipeVersion\" : 0"));
        assertThat(run("run", file.toString())).isZero();
        assertThat(lastLines(2).get(0)).startsWith("the published records do not apply: they are of recipe 0");

        Files.writeString(published(), "{");
        assertThat(run("run", file.toString())).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).contains(published() + ": no published records");
    }
}
