/**
 * What this program costs: commands that measure whole steps, epochs, folders and plans, and the process that a
 * comparison with another stack asks for its steps. Entry: {@link org.adapterbench.benchmarks.Bench}. Nothing depends on
 * this package, and it names no method.
 */
@NullMarked
package org.adapterbench.benchmarks;

import org.jspecify.annotations.NullMarked;
