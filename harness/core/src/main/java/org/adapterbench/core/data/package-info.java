/**
 * Which examples of a split a run uses: nested selections, verified by hash. Must not depend on any other package of
 * the engine.
 */
@NullMarked
package org.adapterbench.core.data;

import org.jspecify.annotations.NullMarked;
