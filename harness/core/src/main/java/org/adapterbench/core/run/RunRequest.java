package org.adapterbench.core.run;

import java.nio.file.Path;
import java.time.Duration;
import org.adapterbench.api.record.RunSpec;
import org.adapterbench.core.config.Save;
import org.jspecify.annotations.Nullable;

/**
 * What a worker needs for one run: the spec, and where things are on this machine.
 *
 * @param runId   id of the spec
 * @param spec    decides the numbers
 * @param encoder as the user named it: catalogue name, folder, or {@code hub:name@revision}
 * @param glue    folder with GLUE data, null when not given
 * @param cache   root of the cache
 * @param folder  where the run leaves its files
 * @param save    what to keep
 * @param activationMegabytes room for stored activations of frozen layers, 0 to compute them every time
 * @param checkpointMillis time between two checkpoints within an epoch
 */
public record RunRequest(
        String runId,
        RunSpec spec,
        String encoder,
        @Nullable Path glue,
        Path cache,
        Path folder,
        Save save,
        int activationMegabytes,
        long checkpointMillis) {

    /** Time between two checkpoints unless somebody says otherwise. */
    public static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(60);

    public RunRequest(
            String runId,
            RunSpec spec,
            String encoder,
            @Nullable Path glue,
            Path cache,
            Path folder,
            Save save,
            int activationMegabytes) {
        this(runId, spec, encoder, glue, cache, folder, save, activationMegabytes, CHECKPOINT_INTERVAL.toMillis());
    }

    /** The same with another time between two checkpoints. */
    public RunRequest withCheckpointEvery(Duration interval) {
        return new RunRequest(
                runId, spec, encoder, glue, cache, folder, save, activationMegabytes, interval.toMillis());
    }
}
