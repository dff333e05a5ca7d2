package org.adapterbench.datasets.glue;

import java.util.List;
import java.util.Locale;
import org.adapterbench.api.task.Task;

/**
 * What is particular to one task: how it is scored, and where its files lie and what they hold.
 *
 * @param task       the task as others see it
 * @param folder     its folder in the original download; case and hyphens do not count
 * @param tsv        columns of the original TSV files
 * @param records    columns of the parquet files and keys of JSON Lines
 * @param answers    how answers are written
 * @param splits     its splits, train first; the diagnostic set has none with answers
 */
record GlueTask(Task task, String folder, Columns tsv, Columns records, Answers answers, List<GlueSplit> splits) {

    GlueTask {
        splits = List.copyOf(splits);
    }

    boolean hasTrain() {
        return splits.get(0).labelled();
    }

    /** Name without the suite, as the Hugging Face hub spells its folder. */
    String shortName() {
        return folder.toLowerCase(Locale.ROOT).replace("-", "");
    }
}
