/**
 * The control that trains nothing but the task head. Entry:
 * {@link org.adapterbench.methods.headonly.HeadOnlyMethod}. Depends on the API only.
 */
@NullMarked
package org.adapterbench.methods.headonly;

import org.jspecify.annotations.NullMarked;
