package org.adapterbench.datasets.glue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import org.adapterbench.api.task.SplitFacts.ContentStatus;
import org.jspecify.annotations.Nullable;

/**
 * What the official splits hold, pinned; tells them from anything else.
 *
 * @param splits facts by task name and split name
 */
record Manifest(SortedMap<String, SortedMap<String, Pinned>> splits) {

    /**
     * One official split.
     *
     * @param rows          number of examples
     * @param labels        histogram; null where the official content was not at hand, empty where there are no labels
     * @param contentSha256 content hash; null where the official content was not at hand
     * @param hubSha256     hash of the file's bytes on the Hugging Face hub, as its Git LFS pointers state it
     */
    record Pinned(
            long rows,
            @Nullable SortedMap<String, Long> labels,
            @Nullable String contentSha256,
            String hubSha256) {

        /** Compares the content of a split with the official one. */
        ContentStatus status(long foundRows, SortedMap<String, Long> foundLabels, String foundSha256) {
            if (contentSha256 != null) {
                return contentSha256.equals(foundSha256) ? ContentStatus.OFFICIAL : ContentStatus.OTHER;
            }
            boolean countsAgree = rows == foundRows && (labels == null || labels.equals(foundLabels));
            return countsAgree ? ContentStatus.UNVERIFIED : ContentStatus.OTHER;
        }
    }

    /** The manifest of this version. */
    static Manifest load() {
        JsonMapper mapper = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
        try (InputStream in = Objects.requireNonNull(Manifest.class.getResourceAsStream("manifest.json"))) {
            return mapper.readValue(in, Manifest.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Pinned get(String task, String split) {
        Map<String, Pinned> ofTask = Objects.requireNonNull(splits.get(task), task);
        return Objects.requireNonNull(ofTask.get(split), split);
    }
}
