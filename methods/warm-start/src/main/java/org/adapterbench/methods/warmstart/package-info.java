/**
 * The control that trains nothing after the warm-up. Entry:
 * {@link org.adapterbench.methods.warmstart.WarmStartMethod}. Depends on the API only.
 */
@NullMarked
package org.adapterbench.methods.warmstart;

import org.jspecify.annotations.NullMarked;
