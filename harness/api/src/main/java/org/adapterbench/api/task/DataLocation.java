package org.adapterbench.api.task;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a provider may look for and keep data.
 *
 * @param glue  the folder named by {@code GLUE_DIR}, null when it was not given
 * @param cache a folder of the provider's own; may not exist yet
 */
public record DataLocation(@Nullable Path glue, Path cache) {}
