/**
 * QR-LoRA: scalars on a pivoted QR basis of the weight itself. Entry:
 * {@link org.adapterbench.methods.qrlora.QrLoraMethod}; the maths, free of TensorFlow, is in
 * {@link org.adapterbench.methods.qrlora.PivotedQr}. Depends on the API and EJML only.
 */
@NullMarked
package org.adapterbench.methods.qrlora;

import org.jspecify.annotations.NullMarked;
