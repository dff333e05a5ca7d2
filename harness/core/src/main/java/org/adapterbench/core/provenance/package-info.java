/**
 * Where and with what a run was made. Entry: {@link org.adapterbench.core.provenance.ProvenanceCollector},
 * called in the process that computes. Must not depend on how runs are executed or stored.
 */
@NullMarked
package org.adapterbench.core.provenance;

import org.jspecify.annotations.NullMarked;
