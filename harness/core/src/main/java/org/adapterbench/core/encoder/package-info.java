/**
 * BERT and RoBERTa as TensorFlow graphs: parameter layout, forward pass, head, and the blocks of a layer: those
 * that give the same bits on every x86-64 processor with AVX2, and quick ones with gradients of their own, which
 * TensorFlow keeps for the whole process. Entry: {@link org.adapterbench.core.encoder.Encoder}.
 * Must not depend on training.
 */
@NullMarked
package org.adapterbench.core.encoder;

import org.jspecify.annotations.NullMarked;
