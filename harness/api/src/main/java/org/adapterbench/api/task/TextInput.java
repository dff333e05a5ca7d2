package org.adapterbench.api.task;

import org.jspecify.annotations.Nullable;

/**
 * The text of one example.
 *
 * @param id     stable and unique within the split
 * @param first  the sentence, or the first of a pair
 * @param second the second of a pair, null for single-sentence tasks
 */
public record TextInput(String id, String first, @Nullable String second) {}
