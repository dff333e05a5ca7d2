/** Which examples of a split a run uses: nested selections, verified by hash. */
@NullMarked
package org.adapterbench.core.data;

import org.jspecify.annotations.NullMarked;
