package org.adapterbench.core.config;

import java.util.List;
import org.adapterbench.api.record.RunSpec.Checkpoint;
import org.adapterbench.api.record.RunSpec.TrainingSpec;

/** Reads the keys of a training section, each with a base value where it is absent. */
final class TrainingReader {

    static final String ALLOWED = "a mapping such as epochs: 3";

    static final String RATE = "learning-rate";

    /** The keys that say how steps are taken. */
    static final List<String> STEPS = List.of("epochs", RATE, "head-learning-rate");

    private static final List<String> NOT_OF_A_WARMUP =
            List.of("dropout-layers", "head", "pooler", "checkpoint", "selection-examples");

    private TrainingReader() {}

    /** Every key of the section; others are refused. */
    static TrainingSpec read(Section section, TrainingSpec base) {
        Checkpoint checkpoint = section.word("checkpoint", base.checkpoint());
        TrainingSpec training = new TrainingSpec(
                section.whole("epochs", base.epochs(), 0, 1000),
                rate(section, RATE, base.learningRate()),
                rate(section, "head-learning-rate", base.headLearningRate()),
                section.real("warmup-fraction", base.warmupFraction(), 0, false, 1),
                section.whole("batch-size", base.batchSize(), 1, 1024),
                section.whole("max-length", base.maxLength(), 8, 512),
                section.real("weight-decay", base.weightDecay(), 0, false, 1),
                section.truth("decay-all", base.decayAll()),
                section.real("clip-norm", base.clipNorm(), 0, true, 1e6),
                section.real("dropout", base.dropout(), 0, false, 0.9),
                section.word("dropout-layers", base.dropoutLayers()),
                section.word("head", base.head()),
                section.word("pooler", base.pooler()),
                checkpoint,
                selection(section, checkpoint, base));
        section.refuseOthers();
        return training;
    }

    /** The keys of a warm-up, which trains everything and keeps its last epoch. */
    static TrainingSpec readWarmup(Section section, TrainingSpec base) {
        for (String key : NOT_OF_A_WARMUP) {
            if (section.has(key)) {
                throw section.place(key)
                        .error(
                                "is no setting of a warm-up, which trains everything and keeps its last epoch",
                                "the other keys of training");
            }
        }
        return read(section, base);
    }

    /** What a method's own entry may change: all but where dropout is, in which methods that meet must not differ. */
    static TrainingSpec readOwn(Section section, TrainingSpec base) {
        if (section.has("dropout-layers")) {
            throw section.place("dropout-layers")
                    .error("is the same for all methods of an experiment", "dropout-layers under training at the top");
        }
        return read(section, base);
    }

    static double rate(Section section, String key, double standard) {
        return section.real(key, standard, 0, true, 10);
    }

    private static int selection(Section section, Checkpoint checkpoint, TrainingSpec base) {
        if (checkpoint == Checkpoint.LAST) {
            return section.whole("selection-examples", 0, 0, 0, "0 with checkpoint last");
        }
        int standard = base.checkpoint() == Checkpoint.BEST ? base.selectionExamples() : Defaults.SELECTION_EXAMPLES;
        return section.whole("selection-examples", standard, 1, 1_000_000);
    }
}
