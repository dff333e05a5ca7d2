package org.adapterbench.core.launch;

import java.time.Duration;
import java.util.Map;
import org.adapterbench.core.CacheFolder;

/**
 * How workers are started on this machine.
 *
 * @param cache       holds the unpacked native libraries
 * @param environment that workers inherit, before the launcher's own switches
 * @param heap        the worker's Java heap, as {@code -Xmx} takes it; tensors live outside
 * @param startUp     how long a worker may take to start
 * @param silence     how long a run may go on without any progress before it counts as hung
 * @param execution   class of the {@link org.adapterbench.core.run.RunExecution}, with a public constructor
 *                    without arguments
 */
public record LocalLauncherSettings(
        CacheFolder cache,
        Map<String, String> environment,
        String heap,
        Duration startUp,
        Duration silence,
        String execution) {

    /** 2 GiB hold the largest embedded data set and a base model's weights while they are copied. */
    private static final String HEAP = "2g";

    private static final Duration START_UP = Duration.ofMinutes(2);

    /** Scoring 40,000 pairs with a base model on two slow cores takes longer than half an hour. */
    private static final Duration SILENCE = Duration.ofHours(2);

    private static final String EXECUTION = "org.adapterbench.core.run.RunExecutor";

    public LocalLauncherSettings {
        environment = Map.copyOf(environment);
        if (!heap.matches("[1-9][0-9]*[kmgKMG]")) {
            throw new IllegalArgumentException("heap '" + heap + "' (allowed: a number with k, m or g)");
        }
    }

    /** What is right unless the user says otherwise. */
    public static LocalLauncherSettings standard(CacheFolder cache, Map<String, String> environment) {
        return new LocalLauncherSettings(cache, environment, HEAP, START_UP, SILENCE, EXECUTION);
    }
}
