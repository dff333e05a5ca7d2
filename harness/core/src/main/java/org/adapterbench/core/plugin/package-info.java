/**
 * The installed methods and tasks, found by {@link java.util.ServiceLoader} and checked once. Must not depend on any
 * other package of the engine.
 */
@NullMarked
package org.adapterbench.core.plugin;

import org.jspecify.annotations.NullMarked;
