package org.adapterbench.core.launch;

import java.time.Duration;
import java.util.Map;
import org.adapterbench.api.UserError;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.run.RunRequest;

/**
 * How workers are started on this machine.
 *
 * @param cache       holds the unpacked native libraries
 * @param environment that workers inherit, before the launcher's own switches
 * @param heap        the worker's Java heap, as {@code -Xmx} takes it; tensors live outside
 * @param startUp     how long a worker may take to start
 * @param silence     how long a run may go on without any progress before it counts as hung
 * @param checkpointInterval time between two checkpoints of a run within an epoch
 * @param executor    class of the {@link org.adapterbench.core.run.RunExecutor}, with a public constructor
 *                    without arguments
 */
public record LocalLauncherSettings(
        CacheFolder cache,
        Map<String, String> environment,
        String heap,
        Duration startUp,
        Duration silence,
        Duration checkpointInterval,
        String executor) {

    private static final String HEAP_VARIABLE = "ADAPTERBENCH_WORKER_HEAP";
    private static final String SILENCE_VARIABLE = "ADAPTERBENCH_HANG_MINUTES";
    private static final String CHECKPOINT_VARIABLE = "ADAPTERBENCH_CHECKPOINT_SECONDS";
    private static final String HEAP_FORM = "[1-9][0-9]{0,5}[mgMG]";

    /** 2 GiB hold the largest embedded data set and a base model's weights while they are copied. */
    private static final String HEAP = "2g";

    private static final Duration START_UP = Duration.ofMinutes(2);

    /**
     * Every step and every scored batch is heard. The longest silence is that of a slow machine which builds a data
     * set, factors a base model's matrices, or optimises its graph before the first step: minutes.
     */
    private static final Duration SILENCE = Duration.ofMinutes(30);

    private static final String EXECUTOR = "org.adapterbench.core.run.LocalRunExecutor";

    public LocalLauncherSettings {
        environment = Map.copyOf(environment);
        if (!heap.matches(HEAP_FORM)) {
            throw new IllegalArgumentException("heap '" + heap + "' (allowed: a number with m or g)");
        }
    }

    /**
     * What is right unless the environment says otherwise: {@value #HEAP_VARIABLE} ({@code 4g}),
     * {@value #SILENCE_VARIABLE} (a whole number of minutes), {@value #CHECKPOINT_VARIABLE} (a number of seconds).
     *
     * @throws UserError when one of these is not allowed
     */
    public static LocalLauncherSettings standard(CacheFolder cache, Map<String, String> environment) {
        String heap = environment.getOrDefault(HEAP_VARIABLE, HEAP);
        if (!heap.matches(HEAP_FORM)) {
            throw new UserError(HEAP_VARIABLE + ": '" + heap + "' (allowed: a number with m or g, such as 4g)");
        }
        String minutes = environment.getOrDefault(SILENCE_VARIABLE, Long.toString(SILENCE.toMinutes()));
        if (!minutes.matches("[1-9][0-9]{0,5}")) {
            throw new UserError(SILENCE_VARIABLE + ": '" + minutes + "' (allowed: a whole number of minutes)");
        }
        Duration silence = Duration.ofMinutes(Long.parseLong(minutes));
        return new LocalLauncherSettings(
                cache, environment, heap, START_UP, silence, checkpointInterval(environment), EXECUTOR);
    }

    private static Duration checkpointInterval(Map<String, String> environment) {
        String seconds = environment.get(CHECKPOINT_VARIABLE);
        if (seconds == null) {
            return RunRequest.CHECKPOINT_INTERVAL;
        }
        if (!seconds.matches("[0-9]{1,6}(\\.[0-9]{1,3})?")) {
            throw new UserError(CHECKPOINT_VARIABLE + ": '" + seconds + "' (allowed: a number of seconds)");
        }
        return Duration.ofMillis(Math.round(1000 * Double.parseDouble(seconds)));
    }
}
