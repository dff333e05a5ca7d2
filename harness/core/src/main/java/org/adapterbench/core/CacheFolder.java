package org.adapterbench.core;

import java.nio.file.Path;
import java.util.Map;

/**
 * The folder that holds everything that can be made again: unpacked native libraries, encoder weights, task
 * data, warm-up checkpoints, fetched artifacts. {@code ADAPTERBENCH_CACHE}, or
 * {@code ~/.cache/adapterbench}.
 */
public record CacheFolder(Path root) {

    /** The folder that the environment names. */
    public static CacheFolder of(Map<String, String> environment) {
        String named = environment.get("ADAPTERBENCH_CACHE");
        return new CacheFolder(
                named == null || named.isBlank()
                        ? Path.of(System.getProperty("user.home"), ".cache", "adapterbench")
                        : Path.of(named).toAbsolutePath());
    }

    /** Unpacked native libraries (JavaCPP's cache). */
    public Path natives() {
        return root.resolve("natives");
    }

    /** Encoder weights and tokenizers in this program's form, one folder an encoder. */
    public Path encoders() {
        return root.resolve("encoders");
    }

    /** Task data built or downloaded, one folder a suite. */
    public Path data() {
        return root.resolve("data");
    }

    /** Warm-up checkpoints by content hash. */
    public Path warmups() {
        return root.resolve("warmups");
    }

    /** Where workers keep activations that memory has no room for; files without names, gone with the worker. */
    public Path activations() {
        return root.resolve("activations");
    }

    /** Maven artifacts and hub files fetched on demand. */
    public Path artifacts() {
        return root.resolve("artifacts");
    }
}
