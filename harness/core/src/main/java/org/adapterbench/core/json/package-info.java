/**
 * The one JSON mapper, the canonical form, and the run ids that are computed from it. Must not depend on any
 * other package of the engine.
 */
@NullMarked
package org.adapterbench.core.json;

import org.jspecify.annotations.NullMarked;
