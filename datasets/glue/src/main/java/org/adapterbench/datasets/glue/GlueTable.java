package org.adapterbench.datasets.glue;

import java.util.List;
import org.adapterbench.api.task.Metric;
import org.adapterbench.api.task.Objective;
import org.adapterbench.api.task.Task;
import org.adapterbench.datasets.metric.Metrics;

/**
 * The facts of the nine tasks and of the diagnostic set. Label names, label order and metrics are those of GLUE as
 * the Hugging Face hub has it.
 */
final class GlueTable {

    private static final Header INDEXED = new Header(List.of("index"), List.of("index"), List.of());
    private static final Header RECORDS = new Header(List.of(), List.of(), List.of("idx"));
    private static final Header MNLI = new Header(
            List.of(
                    "index",
                    "genre",
                    "sentence1_binary_parse",
                    "sentence2_binary_parse",
                    "sentence1_parse",
                    "sentence2_parse"),
            List.of(
                    "index",
                    "genre",
                    "sentence1_binary_parse",
                    "sentence2_binary_parse",
                    "sentence1_parse",
                    "sentence2_parse"),
            List.of("promptID", "pairID", "label1", "label2", "label3", "label4", "label5"));
    private static final List<String> STSB_ORIGIN =
            List.of("index", "genre", "filename", "year", "old_index", "source1", "source2");
    private static final Header STSB = new Header(STSB_ORIGIN, STSB_ORIGIN, List.of());
    private static final Objective RELATION =
            new Objective.Classification(List.of("entailment", "neutral", "contradiction"));
    private static final Objective ENTAILMENT = new Objective.Classification(List.of("entailment", "not_entailment"));
    private static final List<GlueSplit> USUAL = List.of(GlueSplit.train(), GlueSplit.dev(""), GlueSplit.test(""));

    private GlueTable() {}

    /** All ten, in the order of the GLUE leaderboard. */
    static List<GlueTask> all() {
        return List.of(cola(), sst2(), mrpc(), stsb(), qqp(), mnli(), qnli(), rte(), wnli(), ax());
    }

    static GlueTask get(String name) {
        return all().stream()
                .filter(glue -> glue.task().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no GLUE task '" + name + "'"));
    }

    private static GlueTask cola() {
        Objective labels = new Objective.Classification(List.of("unacceptable", "acceptable"));
        return new GlueTask(
                task("cola", "Is the sentence grammatical?", false, labels, Metrics.MATTHEWS),
                "CoLA",
                new Columns(
                        "sentence",
                        null,
                        "label",
                        new Header(
                                List.of(),
                                List.of("index"),
                                List.of(),
                                List.of("source", "label", "mark", "sentence"))),
                new Columns("sentence", null, "label", RECORDS),
                new Answers(labels, true),
                USUAL);
    }

    private static GlueTask sst2() {
        Objective labels = new Objective.Classification(List.of("negative", "positive"));
        return new GlueTask(
                task("sst-2", "Is the film review positive?", false, labels, Metrics.ACCURACY),
                "SST-2",
                new Columns("sentence", null, "label", new Header(List.of(), List.of("index"), List.of())),
                new Columns("sentence", null, "label", RECORDS),
                new Answers(labels, true),
                USUAL);
    }

    /** The primary metric is accuracy; GLUE's own table averages accuracy and F1. */
    private static GlueTask mrpc() {
        Objective labels = new Objective.Classification(List.of("not_equivalent", "equivalent"));
        return new GlueTask(
                task(
                        "mrpc",
                        "Do two news sentences say the same?",
                        true,
                        labels,
                        Metrics.ACCURACY,
                        Metrics.F1_POSITIVE),
                "MRPC",
                new Columns(
                        "#1 String",
                        "#2 String",
                        "Quality",
                        new Header(List.of("#1 ID", "#2 ID"), List.of("index", "#1 ID", "#2 ID"), List.of())),
                new Columns("sentence1", "sentence2", "label", RECORDS),
                new Answers(labels, true),
                USUAL);
    }

    private static GlueTask stsb() {
        Objective scale = new Objective.Regression(0, 5);
        return new GlueTask(
                task("sts-b", "How similar are two sentences, 0 to 5?", true, scale, Metrics.PEARSON, Metrics.SPEARMAN),
                "STS-B",
                new Columns("sentence1", "sentence2", "score", STSB),
                new Columns("sentence1", "sentence2", "label", RECORDS),
                new Answers(scale, false),
                USUAL);
    }

    /** The official train.tsv has 363,849 rows, of which the 363,846 that the hub has are complete. */
    private static GlueTask qqp() {
        Objective labels = new Objective.Classification(List.of("not_duplicate", "duplicate"));
        return new GlueTask(
                task("qqp", "Do two questions ask the same?", true, labels, Metrics.ACCURACY, Metrics.F1_POSITIVE),
                "QQP",
                new Columns(
                        "question1",
                        "question2",
                        "is_duplicate",
                        new Header(List.of("id", "qid1", "qid2"), List.of("id"), List.of())),
                new Columns("question1", "question2", "label", RECORDS),
                new Answers(labels, true),
                List.of(GlueSplit.train(3), GlueSplit.dev(""), GlueSplit.test("")));
    }

    private static GlueTask mnli() {
        Task task = new Task(
                "glue/mnli",
                "Does the premise entail or contradict the hypothesis?",
                true,
                RELATION,
                List.of(Metrics.ACCURACY),
                List.of("dev_matched", "dev_mismatched"));
        return new GlueTask(
                task,
                "MNLI",
                new Columns("sentence1", "sentence2", "gold_label", MNLI),
                new Columns("premise", "hypothesis", "label", RECORDS),
                new Answers(RELATION, false),
                List.of(
                        GlueSplit.train(),
                        GlueSplit.dev("_matched"),
                        GlueSplit.dev("_mismatched"),
                        GlueSplit.test("_matched"),
                        GlueSplit.test("_mismatched")));
    }

    private static GlueTask qnli() {
        return new GlueTask(
                task("qnli", "Does the sentence answer the question?", true, ENTAILMENT, Metrics.ACCURACY),
                "QNLI",
                new Columns("question", "sentence", "label", INDEXED),
                new Columns("question", "sentence", "label", RECORDS),
                new Answers(ENTAILMENT, false),
                USUAL);
    }

    private static GlueTask rte() {
        return new GlueTask(
                task("rte", "Does the text entail the hypothesis?", true, ENTAILMENT, Metrics.ACCURACY),
                "RTE",
                new Columns("sentence1", "sentence2", "label", INDEXED),
                new Columns("sentence1", "sentence2", "label", RECORDS),
                new Answers(ENTAILMENT, false),
                USUAL);
    }

    private static GlueTask wnli() {
        Objective labels = new Objective.Classification(List.of("not_entailment", "entailment"));
        return new GlueTask(
                task("wnli", "Does the sentence with its pronoun resolved follow?", true, labels, Metrics.ACCURACY),
                "WNLI",
                new Columns("sentence1", "sentence2", "label", INDEXED),
                new Columns("sentence1", "sentence2", "label", RECORDS),
                new Answers(labels, true),
                USUAL);
    }

    /**
     * The diagnostic set has no training split and no public answers: models are trained and scored on MNLI, in the
     * diagnostic set's own metric. Its own texts are read as unlabelled and never scored.
     */
    private static GlueTask ax() {
        Task task = new Task(
                "glue/ax",
                "MNLI in the diagnostic set's metric; its own texts are unlabelled, never scored",
                true,
                RELATION,
                List.of(Metrics.MATTHEWS, Metrics.ACCURACY),
                List.of("dev_matched", "dev_mismatched"));
        return new GlueTask(
                task,
                "AX",
                new Columns("sentence1", "sentence2", "label", INDEXED),
                new Columns("premise", "hypothesis", "label", RECORDS),
                new Answers(RELATION, false),
                List.of(new GlueSplit("diagnostic", List.of("diagnostic", "test"), false)));
    }

    private static Task task(String name, String description, boolean pair, Objective objective, Metric... metrics) {
        return new Task("glue/" + name, description, pair, objective, List.of(metrics), List.of("dev"));
    }
}
