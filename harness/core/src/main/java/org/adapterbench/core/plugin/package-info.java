/** The installed methods and tasks, found by {@link java.util.ServiceLoader} and checked once. */
@NullMarked
package org.adapterbench.core.plugin;

import org.jspecify.annotations.NullMarked;
