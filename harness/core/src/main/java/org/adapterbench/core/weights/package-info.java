/**
 * Pretrained encoders: where they come from (ONNX or TensorFlow checkpoint inside a Maven artifact, a local
 * Hugging Face folder, the Hugging Face hub) and the one form they are brought to. Entry:
 * {@link org.adapterbench.core.weights.EncoderStore}. Must not depend on the graph or on training.
 */
@NullMarked
package org.adapterbench.core.weights;

import org.jspecify.annotations.NullMarked;
