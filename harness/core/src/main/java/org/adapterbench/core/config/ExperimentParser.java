package org.adapterbench.core.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.adapterbench.api.method.Setting;
import org.adapterbench.api.method.Settings;
import org.adapterbench.api.method.TuningMethod;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.record.RunSpec.Checkpoint;
import org.adapterbench.api.record.RunSpec.DropoutLayers;
import org.adapterbench.api.record.RunSpec.Part;
import org.adapterbench.api.record.RunSpec.SubsetRule;
import org.adapterbench.api.record.RunSpec.TrainingSpec;
import org.adapterbench.core.config.ConfigNode.Mapping;
import org.adapterbench.core.config.ConfigNode.Nothing;
import org.adapterbench.core.config.ConfigNode.Scalar;
import org.adapterbench.core.config.ConfigNode.Sequence;
import org.adapterbench.core.config.Experiment.DataChoice;
import org.adapterbench.core.config.Experiment.MethodChoice;
import org.adapterbench.core.plugin.MethodCatalog;
import org.adapterbench.core.plugin.TaskCatalog;
import org.jspecify.annotations.Nullable;

/** Turns a parsed file into an experiment, key by key. */
final class ExperimentParser {

    /** Integers up to here have one spelling in canonical JSON. */
    private static final long MOST_SEED = (1L << 53) - 1;

    private static final int MOST_EXAMPLES = 100_000_000;
    private static final int MOST_ACTIVATION_MEGABYTES = 1_000_000;

    /** What training starts from, the short way to say it. */
    private enum Start {
        PRETRAINED,
        WARM_UP
    }

    private final MethodCatalog methods;
    private final TaskCatalog tasks;
    private final Numerics numerics;

    /** @param numerics of an experiment that does not name them */
    ExperimentParser(MethodCatalog methods, TaskCatalog tasks, Numerics numerics) {
        this.methods = methods;
        this.tasks = tasks;
        this.numerics = numerics;
    }

    Experiment parse(ConfigNode root) {
        Section section = Section.of(root, "the keys of an experiment");
        String name = name(section);
        Optional<Section> own =
                section.find("training", TrainingReader.ALLOWED).map(node -> Section.of(node, TrainingReader.ALLOWED));
        TrainingSpec training =
                own.map(given -> TrainingReader.read(given, Defaults.TRAINING)).orElse(Defaults.TRAINING);
        boolean oneRate = own.filter(given -> given.has(TrainingReader.RATE)).isPresent();
        Numerics chosen = section.word("numerics", numerics);
        Experiment experiment = new Experiment(
                name,
                section.text("title", name, "text"),
                section.text("description", "", "text"),
                section.texts("encoders", "a list of encoders: catalogue names, folders or hub:NAME@REVISION"),
                section.place("encoders").toString(),
                tasks(section),
                methods(section, training, oneRate),
                section.wholes("seeds", 0, MOST_SEED),
                data(section),
                warmup(section, training),
                warmupPlace(section).toString(),
                chosen,
                threads(section, chosen),
                section.whole("workers", Defaults.WORKERS, 1, Defaults.MOST_WORKERS),
                section.word("save", Defaults.SAVE),
                activationMegabytes(section));
        section.refuseOthers();
        return experiment;
    }

    private static String name(Section section) {
        String allowed = "lower-case letters, digits and hyphens, at most 60; it names the output folder";
        String name = section.text("name", allowed);
        if (!name.matches("[a-z0-9][a-z0-9-]{0,59}")) {
            throw section.place("name").error("'" + name + "'", allowed);
        }
        return name;
    }

    private List<String> tasks(Section section) {
        List<String> names = section.texts("tasks", "a list of tasks, such as glue/mrpc");
        names.forEach(name -> tasks.get(section.place("tasks").toString(), name));
        return names;
    }

    private static int threads(Section section, Numerics chosen) {
        return switch (chosen) {
            // Other thread counts cut the sums in other places and so give other bits.
            case PORTABLE ->
                section.whole(
                        "threads",
                        Defaults.THREADS,
                        Defaults.THREADS,
                        Defaults.THREADS,
                        Defaults.THREADS + " with numerics portable");
            case FAST, FAST_BF16 -> section.whole("threads", Defaults.THREADS, 1, 1024);
        };
    }

    private static int activationMegabytes(Section section) {
        String key = "activation-megabytes";
        int megabytes = section.whole(key, Defaults.ACTIVATION_MEGABYTES, 0, MOST_ACTIVATION_MEGABYTES);
        if (megabytes > 0 && megabytes < Defaults.LEAST_ACTIVATION_MEGABYTES) {
            throw section.place(key)
                    .error(
                            megabytes + " is too little to store anything",
                            "0, or a whole number from " + Defaults.LEAST_ACTIVATION_MEGABYTES + " to "
                                    + MOST_ACTIVATION_MEGABYTES);
        }
        return megabytes;
    }

    private static DataChoice data(Section section) {
        String allowed = "a mapping with train, evaluation, rule, subset-seed";
        Section data = section.find("data", allowed)
                .map(node -> Section.of(node, allowed))
                .orElse(Section.of(new Mapping(section.place("data"), Map.of()), allowed));
        DataChoice choice = new DataChoice(
                data.whole("train", Defaults.EXAMPLES, 0, MOST_EXAMPLES),
                data.whole("evaluation", Defaults.EXAMPLES, 0, MOST_EXAMPLES),
                data.word("rule", Defaults.SUBSET_RULE, List.of(SubsetRule.FIRST, SubsetRule.RANDOM)),
                data.whole("subset-seed", Defaults.SUBSET_SEED, 0, MOST_SEED));
        data.refuseOthers();
        return choice;
    }

    /** {@code start: pretrained}, {@code warmup: 0}, {@code warmup: 3}, or {@code warmup:} with a mapping. */
    private static @Nullable TrainingSpec warmup(Section section, TrainingSpec training) {
        Start start = section.word("start", Start.WARM_UP);
        TrainingSpec base = warmupOf(training, Defaults.WARMUP_EPOCHS);
        String allowed = "a number of epochs, 0 for none, or a mapping such as epochs: 3";
        TrainingSpec warmup = section.find("warmup", allowed)
                .map(node -> node instanceof Scalar
                        ? warmupOf(base, section.whole("warmup", 0, 0, 1000))
                        : TrainingReader.readWarmup(Section.of(node, allowed), base))
                .orElse(start == Start.PRETRAINED ? warmupOf(base, 0) : base);
        if (start == Start.PRETRAINED && warmup.epochs() > 0) {
            throw section.place("start").error("pretrained, but warmup asks for epochs", "one of the two");
        }
        if (section.has("start") && start == Start.WARM_UP && warmup.epochs() == 0) {
            throw section.place("start").error("warm-up, but warmup has no epochs", "warmup of at least 1 epoch");
        }
        return warmup.epochs() == 0 ? null : warmup;
    }

    /** The section that names values of the warm-up: its own where it is one, else training, whose values it has. */
    private static Place warmupPlace(Section section) {
        boolean own =
                section.find("warmup", "").filter(Mapping.class::isInstance).isPresent();
        return section.place(own || !section.has("training") ? "warmup" : "training");
    }

    /** A warm-up trains everything and keeps the last epoch, whatever the methods are told. */
    private static TrainingSpec warmupOf(TrainingSpec training, int epochs) {
        return training.toBuilder()
                .epochs(epochs)
                .learningRate(Defaults.WARMUP_LEARNING_RATE)
                .dropoutLayers(DropoutLayers.ALL)
                .head(Part.TRAINED)
                .pooler(Part.TRAINED)
                .checkpoint(Checkpoint.LAST)
                .selectionExamples(0)
                .build();
    }

    /** @param oneRate whether the experiment gives a rate for all methods */
    private List<MethodChoice> methods(Section section, TrainingSpec training, boolean oneRate) {
        List<MethodChoice> choices = new ArrayList<>();
        for (ConfigNode node : section.elements("methods", "a list of methods, such as - method: lora")) {
            MethodChoice choice = method(node, training, oneRate);
            choices.stream()
                    .filter(other -> other.label().equals(choice.label()))
                    .findFirst()
                    .ifPresent(other -> {
                        throw node.place()
                                .error(
                                        "label '" + choice.label() + "' is taken by " + other.place(),
                                        "a label of its own");
                    });
            choices.add(choice);
        }
        return choices;
    }

    private MethodChoice method(ConfigNode node, TrainingSpec training, boolean oneRate) {
        String allowed = "a method's name, or a mapping with method, label, learning-rate, settings, training";
        if (node instanceof Scalar) {
            TuningMethod method = methods.get(node.place().toString(), Section.text(node, allowed));
            Settings settings = resolve(method, Map.of(), node.place());
            TrainingSpec own = oneRate ? training : withRateOf(method, settings, training);
            return new MethodChoice(
                    method.name(), method.name(), settings, own, node.place().toString(), List.of());
        }
        Section entry = Section.of(node, allowed);
        TuningMethod method =
                methods.get(entry.place("method").toString(), entry.text("method", "the name of an installed method"));
        String label = label(entry, method.name());
        Map<String, Object> given = entry.find("settings", "a mapping of the method's settings")
                .map(ExperimentParser::settings)
                .orElse(Map.of());
        Place place = entry.has("settings") ? entry.place("settings") : entry.place();
        Settings settings = resolve(method, given, place);
        Optional<Section> own = entry.find("training", TrainingReader.ALLOWED)
                .map(section -> Section.of(section, TrainingReader.ALLOWED));
        boolean rated = oneRate
                || own.filter(section -> section.has(TrainingReader.RATE)).isPresent();
        TrainingSpec base =
                own.map(section -> TrainingReader.readOwn(section, training)).orElse(training);
        TrainingSpec standard = rated ? base : withRateOf(method, settings, base);
        TrainingSpec chosen =
                standard.withLearningRate(TrainingReader.rate(entry, TrainingReader.RATE, standard.learningRate()));
        entry.refuseOthers();
        return new MethodChoice(label, method.name(), settings, chosen, place.toString(), steps(entry, own));
    }

    private static TrainingSpec withRateOf(TuningMethod method, Settings settings, TrainingSpec training) {
        return training.withLearningRate(method.learningRate(settings).orElse(training.learningRate()));
    }

    /** Where the entry says how to take steps, which a method that takes none cannot heed. */
    private static List<String> steps(Section entry, Optional<Section> training) {
        Stream<Place> rate =
                Stream.of(entry).filter(e -> e.has(TrainingReader.RATE)).map(e -> e.place(TrainingReader.RATE));
        Stream<Place> others = training.stream()
                .flatMap(own -> TrainingReader.STEPS.stream().filter(own::has).map(own::place));
        return Stream.concat(rate, others).map(Place::toString).toList();
    }

    /** {@code --only} separates at commas and equals signs. */
    private static String label(Section entry, String standard) {
        String allowed = "text without comma and equals sign";
        String label = entry.text("label", standard, allowed);
        if (label.contains(",") || label.contains("=")) {
            throw entry.place("label").error("'" + label + "' could not be chosen with --only", allowed);
        }
        return label;
    }

    private static Settings resolve(TuningMethod method, Map<String, Object> given, Place place) {
        for (List<String> alternatives : method.alternatives()) {
            List<String> both = alternatives.stream().filter(given::containsKey).toList();
            if (both.size() > 1) {
                throw place.error(String.join(" and ", both) + " are given", "one of them, it takes the other's place");
            }
        }
        return Settings.resolve(place.toString(), method.settings(), given);
    }

    private static Map<String, Object> settings(ConfigNode node) {
        if (!(node instanceof Mapping mapping)) {
            throw node.place().error(node.kind() + " is not a mapping", "a mapping of the method's settings");
        }
        Map<String, Object> values = new LinkedHashMap<>();
        mapping.entries().forEach((key, value) -> values.put(key, plain(value)));
        return values;
    }

    /** The value as {@link Setting#check} wants it: Long, Double, String, or a list of these. */
    private static Object plain(ConfigNode node) {
        if (node instanceof Sequence sequence) {
            return sequence.elements().stream().map(ExperimentParser::plain).toList();
        }
        if (node instanceof Scalar scalar) {
            if (Section.isWhole(scalar.text())) {
                return Long.parseLong(scalar.text());
            }
            return Section.isReal(scalar.text()) ? Double.parseDouble(scalar.text()) : scalar.text();
        }
        String allowed = "a number, a word, or a list of these";
        throw node instanceof Nothing
                ? node.place().error("has no value", allowed)
                : node.place().error(node.kind() + " is not a setting", allowed);
    }
}
