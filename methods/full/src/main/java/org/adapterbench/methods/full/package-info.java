/**
 * Full fine-tuning, the reference that every parameter-efficient method is held against. Entry:
 * {@link org.adapterbench.methods.full.FullMethod}. Depends on the API only.
 */
@NullMarked
package org.adapterbench.methods.full;

import org.jspecify.annotations.NullMarked;
