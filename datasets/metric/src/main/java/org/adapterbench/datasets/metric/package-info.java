/**
 * The measures of quality that tasks name, and the two baselines that every task has to be beaten on. Start at
 * {@link org.adapterbench.datasets.metric.Metrics} and {@link org.adapterbench.datasets.metric.Baseline}.
 * Depends on the API only.
 */
@NullMarked
package org.adapterbench.datasets.metric;

import org.jspecify.annotations.NullMarked;
