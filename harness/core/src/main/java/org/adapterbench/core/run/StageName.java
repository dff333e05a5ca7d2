package org.adapterbench.core.run;

/** The stages of a run, as listeners are told of them and records keep their seconds. */
public final class StageName {

    /** From the launch until the run begins; short where the worker was there already. */
    public static final String START_UP = "start-up";

    public static final String ENCODER = "encoder";
    public static final String DATA = "data";

    /** Also names the random streams of a warm-up. */
    public static final String WARM_UP = "warm-up";

    public static final String HASH = "hash";
    public static final String METHOD = "method";
    public static final String GRAPH = "graph";

    /** Also names the random streams of a training. */
    public static final String TRAIN = "train";

    public static final String EVALUATE = "evaluate";
    public static final String FROZEN_LAYERS = "frozen-layers";
    public static final String CHECKPOINT = "checkpoint";
    public static final String SAVE = "save";

    private StageName() {}
}
