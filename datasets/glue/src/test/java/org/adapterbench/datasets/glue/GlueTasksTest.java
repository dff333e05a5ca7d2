package org.adapterbench.datasets.glue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.adapterbench.api.UserError;
import org.adapterbench.api.task.DataLocation;
import org.adapterbench.api.task.LabelledExample;
import org.adapterbench.api.task.Metric;
import org.adapterbench.api.task.Objective;
import org.adapterbench.api.task.SplitFacts;
import org.adapterbench.api.task.SplitFacts.ContentStatus;
import org.adapterbench.api.task.Task;
import org.adapterbench.api.task.TaskData;
import org.adapterbench.api.task.TaskProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GlueTasksTest {

    @TempDir
    private Path root;

    @Test
    void theSuiteIsFoundAsAService() {
        assertThat(ServiceLoader.load(TaskProvider.class))
                .anySatisfy(provider -> assertThat(provider).isInstanceOf(GlueTasks.class));
    }

    @Test
    void tasksHaveTheMetricsOfTheLeaderboardWithThePrimaryOneFirst() {
        assertThat(new GlueTasks()
                        .tasks().stream()
                                .map(task -> task.name() + " "
                                        + task.metrics().stream()
                                                .map(Metric::name)
                                                .toList() + " " + task.evaluationSplits()))
                .containsExactly(
                        "glue/cola [matthews] [dev]",
                        "glue/sst-2 [accuracy] [dev]",
                        "glue/mrpc [accuracy, f1-positive] [dev]",
                        "glue/sts-b [pearson, spearman] [dev]",
                        "glue/qqp [accuracy, f1-positive] [dev]",
                        "glue/mnli [accuracy] [dev_matched, dev_mismatched]",
                        "glue/qnli [accuracy] [dev]",
                        "glue/rte [accuracy] [dev]",
                        "glue/wnli [accuracy] [dev]",
                        "glue/ax [matthews, accuracy] [dev_matched, dev_mismatched]");
    }

    @Test
    void labelsHaveTheNamesAndTheOrderOfTheHub() {
        assertThat(labels("glue/cola")).containsExactly("unacceptable", "acceptable");
        assertThat(labels("glue/sst-2")).containsExactly("negative", "positive");
        assertThat(labels("glue/mrpc")).containsExactly("not_equivalent", "equivalent");
        assertThat(labels("glue/qqp")).containsExactly("not_duplicate", "duplicate");
        assertThat(labels("glue/mnli")).containsExactly("entailment", "neutral", "contradiction");
        assertThat(labels("glue/qnli")).containsExactly("entailment", "not_entailment");
        assertThat(labels("glue/rte")).containsExactly("entailment", "not_entailment");
        assertThat(labels("glue/wnli")).containsExactly("not_entailment", "entailment");
        assertThat(labels("glue/ax")).isEqualTo(labels("glue/mnli"));
    }

    @Test
    void onlyColaAndSst2AreOfSingleSentences() {
        assertThat(new GlueTasks().tasks().stream().filter(task -> !task.pair()).map(Task::name))
                .containsExactly("glue/cola", "glue/sst-2");
    }

    @Test
    void textsStayAsTheyAreAndLabelsBecomeNumbers() throws IOException {
        SmallGlue.writeRte(root);
        List<LabelledExample> train = RealGlue.load("glue/rte", root).train().examples();
        assertThat(train).hasSize(2);
        assertThat(train.get(0).input().first()).isEqualTo("It \"rains.");
        assertThat(train.get(0).input().second()).isEqualTo("It is wet. ");
        assertThat(train.get(0).target()).isZero();
        assertThat(train.get(1).target()).isEqualTo(1);
        assertThat(train).extracting(LabelledExample::id).containsExactly("train-0", "train-1");
    }

    @Test
    void theLayoutDoesNotChangeIdsContentOrHash() throws IOException {
        SmallGlue.writeRte(root);
        TaskData tsv = RealGlue.load("glue/rte", root);
        Files.delete(root.resolve("RTE/dev.tsv"));

        Path variant = SmallGlue.write(root.resolve("RTE/dev.tsv.gz"), SmallGlue.gzip(SmallGlue.RTE_DEV));
        assertThat(RealGlue.load("glue/rte", root)).isEqualTo(tsv);
        Files.delete(variant);

        variant = SmallGlue.write(
                root.resolve("RTE/dev.tsv"),
                "\uFEFF" + SmallGlue.RTE_DEV.replace("\n", "\r\n").strip());
        assertThat(RealGlue.load("glue/rte", root)).isEqualTo(tsv);
        Files.delete(variant);

        variant = SmallGlue.write(root.resolve("RTE/validation.jsonl"), SmallGlue.RTE_DEV_JSON);
        assertThat(RealGlue.load("glue/rte", root)).isEqualTo(tsv);
        Files.delete(variant);

        SmallGlue.write(root.resolve("RTE/dev.jsonl.gz"), SmallGlue.gzip(SmallGlue.RTE_DEV_JSON));
        assertThat(RealGlue.load("glue/rte", root)).isEqualTo(tsv);
    }

    @Test
    void columnsAreFoundByNameInAnyOrder() throws IOException {
        SmallGlue.writeRte(root);
        TaskData usual = RealGlue.load("glue/rte", root);
        SmallGlue.write(
                root.resolve("RTE/dev.tsv"),
                "label\tsentence2\tsentence1\tindex\n"
                        + "entailment\tIt is cold.\tIt snows.\t0\n"
                        + "not_entailment\tAnn came.\tNobody came.\t1\n"
                        + "not_entailment\tBo dances.\tBo sings.\t2\n");
        assertThat(RealGlue.load("glue/rte", root)).isEqualTo(usual);
    }

    @Test
    void foldersAreFoundInAnySpelling() throws IOException {
        SmallGlue.write(root.resolve("sts_b/train.tsv"), stsb("5.000"));
        SmallGlue.write(root.resolve("sts_b/dev.tsv"), stsb("0.25"));
        TaskData data = RealGlue.load("glue/sts-b", root);
        assertThat(data.train().examples().get(0).target()).isEqualTo(5);
        assertThat(data.evaluation().get(0).examples().get(0).target()).isEqualTo(0.25f);
    }

    @Test
    void colaHasNoColumnNamesButItsTestSplitHas() throws IOException {
        SmallGlue.write(root.resolve("CoLA/train.tsv"), "x1\t1\t\tHe left.\nx1\t0\t*\tLeft he did have.\n");
        SmallGlue.write(root.resolve("CoLA/dev.tsv"), "x2\t1\t\tShe stayed.");
        SmallGlue.write(root.resolve("CoLA/test.tsv"), "index\tsentence\n0\tWho knows?\n");
        TaskData data = RealGlue.load("glue/cola", root);
        assertThat(data.train().examples())
                .extracting(e -> e.input().first() + "|" + e.target())
                .containsExactly("He left.|1.0", "Left he did have.|0.0");
        assertThat(data.evaluation().get(0).examples()).hasSize(1);
        assertThat(RealGlue.withheld("glue/cola", root).get(0).split().inputs())
                .singleElement()
                .satisfies(input -> {
                    assertThat(input.id()).isEqualTo("test-0");
                    assertThat(input.first()).isEqualTo("Who knows?");
                    assertThat(input.second()).isNull();
                });
    }

    @Test
    void anUnlabelledSplitIsReadWhenItIsAskedForAndNoRunAsks() throws IOException {
        SmallGlue.writeRte(root);
        TaskData usual = RealGlue.load("glue/rte", root);
        SmallGlue.write(root.resolve("RTE/test.tsv"), "no such column\n");

        assertThat(RealGlue.load("glue/rte", root)).isEqualTo(usual);
        assertThat(usual.facts()).extracting(SplitFacts::split).containsExactly("train", "dev");
        assertThatThrownBy(() -> RealGlue.withheld("glue/rte", root))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("RTE/test.tsv");
    }

    @Test
    void theDiagnosticSetIsTrainedAndScoredOnMnliAlone() throws IOException {
        String rows = "{\"premise\":\"It snows.\",\"hypothesis\":\"It is cold.\",\"label\":0}\n";
        for (String split : List.of("train", "dev_matched", "dev_mismatched")) {
            SmallGlue.write(root.resolve("MNLI/" + split + ".jsonl"), rows);
        }

        TaskData mnli = RealGlue.load("glue/mnli", root);
        TaskData ax = RealGlue.load("glue/ax", root);
        assertThat(ax.train()).isEqualTo(mnli.train());
        assertThat(ax.evaluation()).isEqualTo(mnli.evaluation());
        assertThat(RealGlue.withheld("glue/ax", root)).isEmpty();
    }

    @Test
    void madeUpContentIsNotOfficial() throws IOException {
        SmallGlue.writeRte(root);
        assertThat(RealGlue.load("glue/rte", root).facts()).allMatch(f -> f.status() == ContentStatus.OTHER);
    }

    @Test
    void theCacheIsReadWhenNoFolderIsGiven() throws IOException {
        SmallGlue.writeRte(root);
        Task rte = GlueTable.get("glue/rte").task();
        assertThat(new GlueTasks().load(rte, new DataLocation(null, root)))
                .isEqualTo(new GlueTasks().load(rte, new DataLocation(root, root.resolve("none"))));
    }

    @Test
    void missingFoldersAndFilesNameTheRemedy() throws IOException {
        Task rte = GlueTable.get("glue/rte").task();
        Path none = root.resolve("none");
        assertThatThrownBy(() -> new GlueTasks().load(rte, new DataLocation(null, none)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("GLUE_DIR is not set")
                .hasMessageContaining("make glue");
        assertThatThrownBy(() -> new GlueTasks().load(rte, new DataLocation(none, root)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("GLUE_DIR: '" + none + "' is no folder")
                .hasMessageContaining("make glue");
        SmallGlue.write(root.resolve("RTE/train.tsv"), SmallGlue.RTE_TRAIN);
        assertThatThrownBy(() -> new GlueTasks().load(rte, new DataLocation(root, root)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("no file for split 'dev' of glue/rte (allowed: RTE/dev.tsv, ")
                .hasMessageContaining("rte/validation-00000-of-00001.parquet")
                .hasMessageContaining("make glue");
    }

    private static List<String> labels(String task) {
        return ((Objective.Classification) GlueTable.get(task).task().objective()).labels();
    }

    private static String stsb(String score) {
        return "index\tgenre\tfilename\tyear\told_index\tsource1\tsource2\tsentence1\tsentence2\tscore\n"
                + "0\tg\tf\t2012\t1\tn\tn\tOne.\tTwo.\t" + score + "\n";
    }
}
