package org.adapterbench.datasets.glue;

import java.util.List;

/**
 * One split of a GLUE task.
 *
 * @param name      its name here, which is that of the original TSV file
 * @param fileNames names that its file may have, without extension and without shard number
 * @param labelled  whether its answers are public
 */
record GlueSplit(String name, List<String> fileNames, boolean labelled) {

    GlueSplit {
        fileNames = List.copyOf(fileNames);
    }

    static GlueSplit train() {
        return new GlueSplit("train", List.of("train"), true);
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
