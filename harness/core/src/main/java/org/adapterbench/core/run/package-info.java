/**
 * One run inside a worker: from a {@link org.adapterbench.core.run.RunRequest} to an
 * {@link org.adapterbench.api.record.Outcome}. Entry: {@link org.adapterbench.core.run.LocalRunExecutor}. Must not
 * depend on how runs are planned, launched or compared.
 */
@NullMarked
package org.adapterbench.core.run;

import org.jspecify.annotations.NullMarked;
