/**
 * SVD-LoRA: LoRA whose factors start from the weight's own singular vectors. Entry:
 * {@link org.adapterbench.methods.svdadapter.SvdLoraMethod}. Depends on the API and EJML only.
 */
@NullMarked
package org.adapterbench.methods.svdadapter;

import org.jspecify.annotations.NullMarked;
