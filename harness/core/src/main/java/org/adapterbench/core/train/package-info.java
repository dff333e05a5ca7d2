/**
 * Fine-tuning: batches, the loss, AdamW, the schedule, and the loop. Entry:
 * {@link org.adapterbench.core.train.Trainer}. Knows no task, no method and no file.
 */
@NullMarked
package org.adapterbench.core.train;

import org.jspecify.annotations.NullMarked;
