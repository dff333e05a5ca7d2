package org.adapterbench.core.config;

import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.record.RunSpec.Checkpoint;
import org.adapterbench.api.record.RunSpec.DropoutLayers;
import org.adapterbench.api.record.RunSpec.Part;
import org.adapterbench.api.record.RunSpec.SubsetRule;
import org.adapterbench.api.record.RunSpec.TrainingSpec;

/**
 * Every value that an experiment file may leave out. AdamW's moments (.9, .999) and epsilon (1e-8) are no
 * settings and stand in {@code AdamW}. What an experiment leaves out is written into each run's spec, so a
 * change here changes run ids.
 */
public final class Defaults {

    /** Training of a method where neither the experiment nor the method entry says otherwise. */
    public static final TrainingSpec TRAINING = new TrainingSpec(
            // epochs: what small GLUE tasks are usually given
            3,
            // learning rate: that of full fine-tuning; a method may have another (TuningMethod.learningRate)
            1e-4,
            // head learning rate: the head is new, so it moves faster than the encoder
            1e-3,
            // share of the steps with rising rate: the RoBERTa recipe's
            0.06,
            // batch size
            32,
            // tokens an example
            128,
            // decoupled weight decay
            0.01,
            // decay on biases and LayerNorm
            false,
            // bound on the global gradient norm
            1.0,
            // dropout: what BERT and RoBERTa were pretrained with
            0.1,
            // dropout in frozen layers too, as at pretraining
            DropoutLayers.ALL,
            Part.TRAINED,
            Part.TRAINED,
            // the last epoch: choosing the best on the evaluation split would flatter every method
            Checkpoint.LAST,
            // training examples held out to choose the best epoch
            0);

    /** Training examples held out with {@code checkpoint: best} where the experiment names no number. */
    public static final int SELECTION_EXAMPLES = 200;

    /** Epochs of full fine-tuning before the method's turn: the paper's 3. */
    public static final int WARMUP_EPOCHS = 3;

    /** Peak rate of the warm-up, whatever the rates of the methods: full fine-tuning's. */
    public static final double WARMUP_LEARNING_RATE = 1e-4;

    /** How a selection is drawn when it is smaller than the split. */
    public static final SubsetRule SUBSET_RULE = SubsetRule.RANDOM;

    /** Seed of a {@code random} selection; the same for every run seed, so that all runs see the same examples. */
    public static final long SUBSET_SEED = 0;

    /** Examples a selection has; 0 stands for all. */
    public static final int EXAMPLES = 0;

    /** Built to give the same bits on every x86-64 processor with AVX2. */
    public static final Numerics NUMERICS = Numerics.PORTABLE;

    /** That TensorFlow computes with; {@code portable} allows no other number. */
    public static final int THREADS = 2;

    /** Runs at the same time. */
    public static final int WORKERS = 1;

    /** As many as any machine has room for; more is a slip. */
    public static final int MOST_WORKERS = 256;

    /** Room a worker has for stored activations of frozen layers: that of some 60,000 short texts. */
    public static final int ACTIVATION_MEGABYTES = 4096;

    /** The least room that stores anything, since it is taken in pieces of this size; 0 stores nothing on purpose. */
    public static final int LEAST_ACTIVATION_MEGABYTES = 64;

    /** What a run keeps of its weights. */
    public static final Save SAVE = Save.ADAPTER;

    private Defaults() {}
}
