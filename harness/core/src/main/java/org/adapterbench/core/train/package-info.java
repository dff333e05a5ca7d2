/**
 * Fine-tuning: batches, the loss, AdamW, the schedule, and the loop. Entry:
 * {@link org.adapterbench.core.train.Trainer}. Knows a task by its objective and
 * metrics only, and no method, no data set and no file.
 */
@NullMarked
package org.adapterbench.core.train;

import org.jspecify.annotations.NullMarked;
