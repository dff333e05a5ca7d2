/**
 * LoRA, low-rank adaptation. Entry: {@link org.adapterbench.methods.lora.LoraMethod}. Depends on the API only.
 */
@NullMarked
package org.adapterbench.methods.lora;

import org.jspecify.annotations.NullMarked;
