package org.adapterbench.core.run;

import java.nio.file.Path;
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
 */
public record RunRequest(
        String runId, RunSpec spec, String encoder, @Nullable Path glue, Path cache, Path folder, Save save) {}
