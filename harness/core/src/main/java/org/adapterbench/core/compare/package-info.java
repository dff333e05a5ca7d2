/**
 * Whether two executions of a run agree bit for bit, and if not, what moved and by how much. Entry:
 * {@link org.adapterbench.core.compare.RunComparison}. Must not depend on how runs are planned or executed.
 */
@NullMarked
package org.adapterbench.core.compare;

import org.jspecify.annotations.NullMarked;
