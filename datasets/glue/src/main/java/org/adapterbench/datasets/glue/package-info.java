/**
 * The GLUE suite: nine tasks and the diagnostic set, read from the original TSV layout, from Hugging Face parquet
 * files or from JSON Lines, and compared with a pinned manifest. Start at
 * {@link org.adapterbench.datasets.glue.GlueTasks}; what the tasks are stands in {@code GlueTask}. Must not depend
 * on the engine.
 */
@NullMarked
package org.adapterbench.datasets.glue;

import org.jspecify.annotations.NullMarked;
