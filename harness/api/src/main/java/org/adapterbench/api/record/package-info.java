/**
 * What a run is ({@link org.adapterbench.api.record.RunSpec}) and what came of it
 * ({@link org.adapterbench.api.record.RunRecord}): plain immutable data, read by the reports and written by
 * the engine. A change of any type here raises {@link org.adapterbench.api.record.RunRecord#SCHEMA_VERSION}.
 */
@NullMarked
package org.adapterbench.api.record;

import org.jspecify.annotations.NullMarked;
