/**
 * Experiment files: strict YAML, every default in {@link org.adapterbench.core.config.Defaults}. Entry:
 * {@link org.adapterbench.core.config.ExperimentReader}. Must not depend on data, weights or the graph.
 */
@NullMarked
package org.adapterbench.core.config;

import org.jspecify.annotations.NullMarked;
