package org.adapterbench.core.train;

import org.adapterbench.core.weights.WeightSource;

/**
 * All that is needed to go on with a stage of training.
 *
 * @param progress how far it is
 * @param tensors  trained parameters and moments, and the best epoch's values where one is chosen
 */
public record TrainingState(TrainingProgress progress, WeightSource tensors) {}
