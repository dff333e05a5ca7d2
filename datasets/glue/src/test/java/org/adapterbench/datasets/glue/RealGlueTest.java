package org.adapterbench.datasets.glue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.adapterbench.api.task.DataLocation;
import org.adapterbench.api.task.LabelledExample;
import org.adapterbench.api.task.LabelledSplit;
import org.adapterbench.api.task.Objective;
import org.adapterbench.api.task.SplitFacts;
import org.adapterbench.api.task.SplitFacts.ContentStatus;
import org.adapterbench.api.task.TaskData;
import org.adapterbench.api.task.UnlabelledSplit;
import org.adapterbench.datasets.metric.BagOfWordsBaseline;
import org.adapterbench.datasets.metric.Baseline;
import org.adapterbench.datasets.metric.BaselineScore;
import org.adapterbench.datasets.metric.MajorityBaseline;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads the real files where they are at hand. */
final class RealGlueTest {

    @ParameterizedTest
    @ValueSource(strings = {"glue/cola", "glue/sst-2", "glue/mrpc", "glue/sts-b", "glue/rte", "glue/wnli"})
    void completeTasksAreOfficial(String name) {
        TaskData data = RealGlue.load(name, RealGlue.folder());
        assertThat(data.facts()).extracting(SplitFacts::split).containsExactly("train", "dev");
        assertThat(data.facts()).extracting(SplitFacts::status).containsOnly(ContentStatus.OFFICIAL);
        assertThat(RealGlue.withheld(name, RealGlue.folder()))
                .extracting(SplitReader.Unlabelled::facts)
                .singleElement()
                .satisfies(facts -> {
                    assertThat(facts.split()).isEqualTo("test");
                    assertThat(facts.status()).isEqualTo(ContentStatus.OFFICIAL);
                });
    }

    @Test
    void partialFilesAreNotOfficialBesideOfficialOnes() {
        TaskData qnli = RealGlue.load("glue/qnli", RealGlue.folder());
        assertThat(qnli.facts("train").rows()).isEqualTo(18_869);
        assertThat(qnli.facts("train").status()).isEqualTo(ContentStatus.OTHER);
        assertThat(qnli.facts("dev").status()).isEqualTo(ContentStatus.OFFICIAL);
        TaskData qqp = RealGlue.load("glue/qqp", RealGlue.folder());
        assertThat(qqp.facts("train").status()).isEqualTo(ContentStatus.OTHER);
        assertThat(qqp.facts("dev").status()).isEqualTo(ContentStatus.OTHER);
        assertThat(RealGlue.withheld("glue/qqp", RealGlue.folder())).isEmpty();
    }

    @Test
    void mnliHasTwoEvaluationSplitsAndTheDiagnosticSetBorrowsThem() {
        TaskData mnli = RealGlue.load("glue/mnli", RealGlue.folder());
        assertThat(mnli.evaluation()).extracting(LabelledSplit::name).containsExactly("dev_matched", "dev_mismatched");
        assertThat(mnli.facts("train").status()).isEqualTo(ContentStatus.OTHER);
        assertThat(mnli.facts("dev_matched").status()).isEqualTo(ContentStatus.OFFICIAL);
        assertThat(mnli.facts("dev_mismatched").status()).isEqualTo(ContentStatus.OFFICIAL);
        assertThat(mnli.facts("dev_matched").labels())
                .containsExactly(entry("contradiction", 3213L), entry("entailment", 3479L), entry("neutral", 3123L));

        TaskData ax = RealGlue.load("glue/ax", RealGlue.folder());
        assertThat(ax.train()).isEqualTo(mnli.train());
        assertThat(ax.evaluation()).isEqualTo(mnli.evaluation());
        assertThat(unlabelled("glue/ax")).singleElement().satisfies(split -> {
            assertThat(split.name()).isEqualTo("diagnostic");
            assertThat(split.inputs()).hasSize(1104);
        });
    }

    @Test
    void everyRowOfTheFileIsAnExampleWithAnIdOfItsRow() {
        List<LabelledExample> dev =
                RealGlue.load("glue/rte", RealGlue.folder()).evaluation().get(0).examples();
        assertThat(dev).hasSize(277);
        for (int i = 0; i < dev.size(); i++) {
            assertThat(dev.get(i).id()).isEqualTo("dev-" + i);
        }
    }

    /** Counted here by line ends alone, so that what a reader skips without a word would show. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "glue/cola",
                "glue/sst-2",
                "glue/mrpc",
                "glue/sts-b",
                "glue/qqp",
                "glue/mnli",
                "glue/qnli",
                "glue/rte",
                "glue/wnli",
                "glue/ax"
            })
    void rowsReadAreRowsUsedAndRowsRefused(String name) throws IOException {
        TaskData data = RealGlue.load(name, RealGlue.folder());
        GlueTask task = GlueTable.get(name);
        for (GlueSplit split : task.splits()) {
            Optional<SplitFiles> files = new GlueFolder(RealGlue.folder()).find(task, split);
            if (files.isPresent()) {
                boolean named = task.tsv().fixed(split.labelled()).isEmpty();
                long rows = lines(files.get().paths().get(0)) - (named ? 1 : 0);
                SplitFacts facts = split.labelled() ? data.facts(split.name()) : withheldFacts(name, split.name());
                assertThat(facts.rowsRead()).as(split.name()).isEqualTo(rows);
                assertThat(facts.rows()).as(split.name()).isEqualTo(examples(data, split.name()));
            }
        }
    }

    private static List<UnlabelledSplit> unlabelled(String name) {
        return new GlueTasks()
                .unlabelled(GlueTable.get(name).task(), new DataLocation(RealGlue.folder(), RealGlue.folder()));
    }

    private static SplitFacts withheldFacts(String name, String split) {
        return RealGlue.withheld(name, RealGlue.folder()).stream()
                .map(SplitReader.Unlabelled::facts)
                .filter(facts -> facts.split().equals(split))
                .findFirst()
                .orElseThrow();
    }

    private static long examples(TaskData data, String split) {
        Stream<LabelledSplit> labelled = Stream.concat(Stream.of(data.train()), data.evaluation().stream());
        return Stream.concat(
                        labelled.filter(each -> each.name().equals(split))
                                .map(each -> (long) each.examples().size()),
                        unlabelled(data.task().name()).stream()
                                .filter(each -> each.name().equals(split))
                                .map(each -> (long) each.inputs().size()))
                .findFirst()
                .orElseThrow();
    }

    private static long lines(Path file) throws IOException {
        long lines = 0;
        int last = '\n';
        try (InputStream in = new BufferedInputStream(
                file.toString().endsWith(".gz")
                        ? new GZIPInputStream(Files.newInputStream(file))
                        : Files.newInputStream(file))) {
            for (int c; (c = in.read()) >= 0; last = c) {
                lines += c == '\n' ? 1 : 0;
            }
        }
        return last == '\n' ? lines : lines + 1;
    }

    @Test
    void loneQuotationMarksStayText() {
        long odd = RealGlue.load("glue/mrpc", RealGlue.folder()).train().examples().stream()
                .filter(e -> e.input().first().chars().filter(c -> c == '"').count() % 2 == 1)
                .count();
        assertThat(odd).isPositive();
    }

    @Test
    void spacesAtTheEndStay() {
        assertThat(RealGlue.load("glue/sst-2", RealGlue.folder())
                        .evaluation()
                        .get(0)
                        .examples())
                .allMatch(e -> e.input().first().endsWith(" "));
    }

    @Test
    void scoresLieOnTheScale() {
        TaskData data = RealGlue.load("glue/sts-b", RealGlue.folder());
        assertThat(data.task().objective()).isEqualTo(new Objective.Regression(0, 5));
        assertThat(data.evaluation().get(0).examples())
                .allMatch(e -> e.target() >= 0 && e.target() <= 5)
                .anyMatch(e -> e.target() == 5)
                .anyMatch(e -> e.target() != Math.rint(e.target()));
        assertThat(data.facts("dev").labels()).isEmpty();
    }

    @Test
    void majorityReachesTheClassSharesOfTheDevelopmentSets() {
        Map<String, Double> mrpc = score(new MajorityBaseline(), "glue/mrpc");
        assertThat(mrpc.get("accuracy")).isEqualTo(279.0 / 408);
        assertThat(mrpc.get("f1-positive")).isEqualTo(2.0 * 279 / (279 + 408));
        assertThat(score(new MajorityBaseline(), "glue/cola").get("matthews")).isZero();
        assertThat(score(new MajorityBaseline(), "glue/sts-b").get("pearson")).isZero();
        assertThat(score(new MajorityBaseline(), "glue/rte").get("accuracy")).isEqualTo(146.0 / 277);
    }

    @Test
    void bagOfWordsLearnsSomethingOfSentimentAndSimilarity() {
        assertThat(score(new BagOfWordsBaseline(), "glue/sst-2").get("accuracy"))
                .isBetween(0.76, 0.88);
        assertThat(score(new BagOfWordsBaseline(), "glue/sts-b").get("pearson")).isBetween(0.5, 0.85);
        assertThat(score(new BagOfWordsBaseline(), "glue/mrpc").get("accuracy")).isBetween(0.69, 0.80);
    }

    private static Map<String, Double> score(Baseline baseline, String task) {
        TaskData data = RealGlue.load(task, RealGlue.folder());
        return BaselineScore.of(
                        baseline, data.task(), data.train(), data.evaluation().get(0))
                .metrics();
    }
}
