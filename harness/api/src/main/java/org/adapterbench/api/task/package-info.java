/**
 * What the author of a task compiles against. Start at {@link org.adapterbench.api.task.TaskProvider}: it
 * lists tasks and loads their splits. The loss ({@link org.adapterbench.api.task.Objective}) and the metrics
 * belong to the task; a split without labels has its own type and cannot be scored.
 */
@NullMarked
package org.adapterbench.api.task;

import org.jspecify.annotations.NullMarked;
