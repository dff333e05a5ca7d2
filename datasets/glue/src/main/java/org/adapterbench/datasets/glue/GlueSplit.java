package org.adapterbench.datasets.glue;

import java.util.List;

/**
 * One split of a GLUE task.
 *
 * @param name      its name here, which is that of the original TSV file
 * @param fileNames names that its file may have, without extension and without shard number
 * @param labelled  whether its answers are public
 * @param faults    how many rows of the official TSV file are known to lack columns; readers leave them out
 */
record GlueSplit(String name, List<String> fileNames, boolean labelled, int faults) {

    GlueSplit {
        fileNames = List.copyOf(fileNames);
    }

    GlueSplit(String name, List<String> fileNames, boolean labelled) {
        this(name, fileNames, labelled, 0);
    }

    static GlueSplit train() {
        return train(0);
    }

    static GlueSplit train(int faults) {
        return new GlueSplit("train", List.of("train"), true, faults);
    }

    /** @param suffix of MNLI's two sets, empty elsewhere */
    static GlueSplit dev(String suffix) {
        return new GlueSplit("dev" + suffix, List.of("dev" + suffix, "validation" + suffix), true);
    }

    /** @param suffix of MNLI's two sets, empty elsewhere */
    static GlueSplit test(String suffix) {
        return new GlueSplit("test" + suffix, List.of("test" + suffix), false);
    }
}
