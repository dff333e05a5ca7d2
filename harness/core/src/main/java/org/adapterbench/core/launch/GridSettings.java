package org.adapterbench.core.launch;

import java.nio.file.Path;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.config.Save;
import org.jspecify.annotations.Nullable;

/**
 * What all runs of a grid share.
 *
 * @param experiment name, for the records
 * @param glue       folder with GLUE data, null when not given
 * @param save       what to keep of the weights
 * @param activationMegabytes room a worker has for stored activations of frozen layers
 * @param workers    runs at the same time
 */
public record GridSettings(
        String experiment, @Nullable Path glue, CacheFolder cache, Save save, int activationMegabytes, int workers) {}
