package org.adapterbench.api.record;

import org.adapterbench.api.record.RunSpec.Checkpoint;
import org.adapterbench.api.record.RunSpec.DropoutLayers;
import org.adapterbench.api.record.RunSpec.Part;
import org.adapterbench.api.record.RunSpec.TrainingSpec;

/** Makes a recipe out of another one, so that whoever changes a value names it. */
public final class TrainingSpecBuilder {

    private int epochs;
    private double learningRate;
    private double headLearningRate;
    private double warmupFraction;
    private int batchSize;
    private int maxLength;
    private double weightDecay;
    private boolean decayAll;
    private double clipNorm;
    private double dropout;
    private DropoutLayers dropoutLayers;
    private Part head;
    private Part pooler;
    private Checkpoint checkpoint;
    private int selectionExamples;

    TrainingSpecBuilder(TrainingSpec spec) {
        this.epochs = spec.epochs();
        this.learningRate = spec.learningRate();
        this.headLearningRate = spec.headLearningRate();
        this.warmupFraction = spec.warmupFraction();
        this.batchSize = spec.batchSize();
        this.maxLength = spec.maxLength();
        this.weightDecay = spec.weightDecay();
        this.decayAll = spec.decayAll();
        this.clipNorm = spec.clipNorm();
        this.dropout = spec.dropout();
        this.dropoutLayers = spec.dropoutLayers();
        this.head = spec.head();
        this.pooler = spec.pooler();
        this.checkpoint = spec.checkpoint();
        this.selectionExamples = spec.selectionExamples();
    }

    public TrainingSpecBuilder epochs(int value) {
        this.epochs = value;
        return this;
    }

    public TrainingSpecBuilder learningRate(double value) {
        this.learningRate = value;
        return this;
    }

    public TrainingSpecBuilder headLearningRate(double value) {
        this.headLearningRate = value;
        return this;
    }

    public TrainingSpecBuilder warmupFraction(double value) {
        this.warmupFraction = value;
        return this;
    }

    public TrainingSpecBuilder batchSize(int value) {
        this.batchSize = value;
        return this;
    }

    public TrainingSpecBuilder maxLength(int value) {
        this.maxLength = value;
        return this;
    }

    public TrainingSpecBuilder weightDecay(double value) {
        this.weightDecay = value;
        return this;
    }

    public TrainingSpecBuilder decayAll(boolean value) {
        this.decayAll = value;
        return this;
    }

    public TrainingSpecBuilder clipNorm(double value) {
        this.clipNorm = value;
        return this;
    }

    public TrainingSpecBuilder dropout(double value) {
        this.dropout = value;
        return this;
    }

    public TrainingSpecBuilder dropoutLayers(DropoutLayers value) {
        this.dropoutLayers = value;
        return this;
    }

    public TrainingSpecBuilder head(Part value) {
        this.head = value;
        return this;
    }

    public TrainingSpecBuilder pooler(Part value) {
        this.pooler = value;
        return this;
    }

    public TrainingSpecBuilder checkpoint(Checkpoint value) {
        this.checkpoint = value;
        return this;
    }

    public TrainingSpecBuilder selectionExamples(int value) {
        this.selectionExamples = value;
        return this;
    }

    /** The recipe with all changes. */
    public TrainingSpec build() {
        return new TrainingSpec(
                epochs,
                learningRate,
                headLearningRate,
                warmupFraction,
                batchSize,
                maxLength,
                weightDecay,
                decayAll,
                clipNorm,
                dropout,
                dropoutLayers,
                head,
                pooler,
                checkpoint,
                selectionExamples);
    }
}
