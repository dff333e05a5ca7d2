package org.adapterbench.reports;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.adapterbench.api.record.Outcome;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.api.record.RunSpec;
import org.adapterbench.api.task.SplitFacts;

/**
 * A kind of fact that can set result tables apart.
 *
 * @param name  as in "the tables differ in"
 * @param role  when a heading says it
 * @param write tells the facts of one table
 */
record TableFact(String name, Role role, BiConsumer<ComparableRuns, Facts> write) {

    /** When a heading says a fact. */
    enum Role {
        /** In every heading. */
        ALWAYS,
        /** Where the tables differ in it. */
        DIFFERENT,
        /** Where the headings would else be the same. */
        TIE
    }

    /** One fact: whose it is (a task, or empty for the whole table's) and its words. */
    record Said(String owner, String text) {}

    /** The facts of one table by a key that means the same in every table. */
    static final class Facts {
        private final Map<List<String>, Said> said = new LinkedHashMap<>();

        private void add(String owner, String text, String... more) {
            List<String> key = new ArrayList<>(Arrays.asList(more));
            key.add(0, owner);
            said.putIfAbsent(key, new Said(owner, text));
        }
    }

    Map<List<String>, Said> of(ComparableRuns table) {
        Facts facts = new Facts();
        write.accept(table, facts);
        return facts.said;
    }

    /** In the order in which headings say them. */
    static final List<TableFact> ALL = List.of(
            new TableFact(
                    "encoder",
                    Role.ALWAYS,
                    (table, facts) -> facts.add("", table.common().encoder().name())),
            new TableFact("warm-up", Role.ALWAYS, (table, facts) -> facts.add("", start(table))),
            new TableFact(
                    "numerics",
                    Role.ALWAYS,
                    (table, facts) -> facts.add("", SpecText.word(table.common().numerics()) + " numerics")),
            new TableFact(
                    "content",
                    Role.DIFFERENT,
                    (table, facts) -> table.contents().forEach((task, status) -> facts.add(task, content(status)))),
            new TableFact(
                    "number of training examples",
                    Role.DIFFERENT,
                    (table, facts) -> table.tasks()
                            .forEach((task, data) ->
                                    facts.add(task, Numbers.grouped(data.train().examples()) + " training examples"))),
            new TableFact(
                    "number of evaluation examples",
                    Role.DIFFERENT,
                    (table, facts) -> table.tasks()
                            .forEach((task, data) -> data.evaluation()
                                    .forEach(split -> facts.add(
                                            task,
                                            Numbers.grouped(split.examples()) + " " + split.split() + " examples",
                                            split.split())))),
            new TableFact(
                    "threads",
                    Role.DIFFERENT,
                    (table, facts) -> facts.add(
                            "", table.common().threads() + (table.common().threads() == 1 ? " thread" : " threads"))),
            new TableFact("class of machine", Role.DIFFERENT, TableFact::machine),
            new TableFact(
                    "recipe version",
                    Role.DIFFERENT,
                    (table, facts) ->
                            facts.add("", "recipe version " + table.common().recipeVersion())),
            new TableFact("files of the encoder", Role.TIE, TableFact::encoderFiles),
            new TableFact("settings of the warm-up", Role.TIE, TableFact::warmup),
            new TableFact("choice of examples", Role.TIE, TableFact::choice),
            new TableFact(
                    "texts or labels",
                    Role.TIE,
                    (table, facts) -> splits(
                            table,
                            (task, split) -> facts.add(
                                    task, split.split() + " content " + hash(split.contentSha256()), split.split()))),
            new TableFact(
                    "selected examples",
                    Role.TIE,
                    (table, facts) -> splits(
                            table,
                            (task, split) -> facts.add(
                                    task, split.split() + " selection " + hash(split.idsSha256()), split.split()))),
            new TableFact("settings under one name", Role.TIE, TableFact::settings),
            new TableFact("start weights", Role.TIE, TableFact::startWeights));

    private static String start(ComparableRuns table) {
        RunSpec.TrainingSpec warmup = table.common().start().warmup();
        return warmup == null
                ? "from the pretrained weights"
                : "after a warm-up of " + warmup.epochs() + (warmup.epochs() == 1 ? " epoch" : " epochs");
    }

    private static String content(SplitFacts.ContentStatus status) {
        return switch (status) {
            case OFFICIAL -> "official content";
            case UNVERIFIED -> "unverified content";
            case OTHER -> "other content than the official";
        };
    }

    private static void machine(ComparableRuns table, Facts facts) {
        if (!table.common().machine().isEmpty()) {
            facts.add("", table.common().machine());
        }
    }

    private static void encoderFiles(ComparableRuns table, Facts facts) {
        RunSpec.EncoderSpec encoder = table.common().encoder();
        facts.add("", "configuration " + hash(encoder.configSha256()), "configuration");
        facts.add("", "weights " + hash(encoder.weightsSha256()), "weights");
        facts.add("", "tokenizer " + hash(encoder.tokenizerSha256()), "tokenizer");
    }

    private static void warmup(ComparableRuns table, Facts facts) {
        RunSpec.TrainingSpec warmup = table.common().start().warmup();
        if (warmup != null) {
            SpecText.training(warmup)
                    .forEach((name, value) -> facts.add("", "warm-up with " + name + " " + value, name));
        }
    }

    private static void choice(ComparableRuns table, Facts facts) {
        splits(
                table,
                (task, split) -> facts.add(task, split.split() + " chosen: " + SpecText.rule(split), split.split()));
    }

    private static void splits(ComparableRuns table, BiConsumer<String, RunSpec.SplitSpec> each) {
        table.tasks().forEach((task, data) -> {
            each.accept(task, data.train());
            data.evaluation().forEach(split -> each.accept(task, split));
        });
    }

    private static void settings(ComparableRuns table, Facts facts) {
        for (Cell cell : table.cells()) {
            String variant = cell.variant();
            RunSpec spec = cell.spec();
            facts.add(cell.task(), variant + " by " + spec.method().name(), variant, "method");
            spec.methodSettings()
                    .forEach((name, value) -> facts.add(
                            cell.task(), variant + " with " + name + " " + SpecText.setting(value), variant, "", name));
            SpecText.training(spec.training())
                    .forEach((name, value) ->
                            facts.add(cell.task(), variant + " with " + name + " " + value, variant, name));
        }
    }

    private static void startWeights(ComparableRuns table, Facts facts) {
        for (RunRecord run : table.runs()) {
            Outcome outcome = run.outcome();
            if (outcome != null) {
                long seed = run.spec().seed();
                facts.add(
                        run.spec().task().name(),
                        "start weights " + hash(outcome.start().sha256()) + " with seed " + seed,
                        Long.toString(seed));
            }
        }
    }

    private static String hash(String hash) {
        return hash.length() <= 12 ? hash : hash.substring(0, 12);
    }
}
