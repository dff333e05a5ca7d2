package org.adapterbench.datasets.glue;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The layouts that a split may come in, told apart by the ends of file names. */
enum Layout {
    /** The original download. */
    TSV("[.]tsv(?:[.]gz)?"),
    /** One JSON object a line. */
    JSON_LINES("[.]jsonl(?:[.]gz)?"),
    /** The Hugging Face hub's, one or more shards. */
    PARQUET("(?:-(\\d{5})-of-(\\d{5}))?[.]parquet");

    private final String ending;

    Layout(String ending) {
        this.ending = ending;
    }

    /** Matches the file names of a split in this layout; for shards with groups of number and count. */
    Matcher matcher(List<String> fileNames, String name) {
        String stems = String.join("|", fileNames.stream().map(Pattern::quote).toList());
        return Pattern.compile("(?:" + stems + ")" + ending).matcher(name);
    }
}
