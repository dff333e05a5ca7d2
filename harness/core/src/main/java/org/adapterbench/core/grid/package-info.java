/**
 * Expands an experiment to fully resolved runs. Entry: {@link org.adapterbench.core.grid.Grid}. Must not
 * depend on how runs are executed or stored.
 */
@NullMarked
package org.adapterbench.core.grid;

import org.jspecify.annotations.NullMarked;
