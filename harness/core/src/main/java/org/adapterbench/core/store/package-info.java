/**
 * Run records as files: {@code out/<experiment>/runs/<run-id>.json}. Entry:
 * {@link org.adapterbench.core.store.RunStore}. Must not depend on how runs are executed.
 */
@NullMarked
package org.adapterbench.core.store;

import org.jspecify.annotations.NullMarked;
