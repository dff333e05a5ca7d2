/**
 * BERT and RoBERTa as TensorFlow graphs: parameter layout, forward pass, head, and the operations that give
 * the same bits on every x86-64 processor with AVX2. Entry: {@link org.adapterbench.core.encoder.Encoder}.
 * Must not depend on training.
 */
@NullMarked
package org.adapterbench.core.encoder;

import org.jspecify.annotations.NullMarked;
