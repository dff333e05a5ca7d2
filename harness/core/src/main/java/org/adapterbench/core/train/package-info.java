/**
 * Fine-tuning: batches, the loss, AdamW, the schedule, and the loop. Entry:
 * {@link org.adapterbench.core.train.Trainer}. Knows a task by its objective and metrics only, and no method, no data
 * set and no file of a run; {@link org.adapterbench.core.train.ActivationStore} alone uses the disk, for room in a file
 * without a name, which nobody else reads.
 */
@NullMarked
package org.adapterbench.core.train;

import org.jspecify.annotations.NullMarked;
