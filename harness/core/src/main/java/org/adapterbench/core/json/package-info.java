/**
 * The JSON mapper of this program's own data (specs, records, messages, published hashes), the canonical form, and the
 * run ids that are computed from it. Files of other programs, and the cached encoders' form of them, are read elsewhere
 * ({@code weights}, {@code tokenize}). Must not depend on any other package of the engine.
 */
@NullMarked
package org.adapterbench.core.json;

import org.jspecify.annotations.NullMarked;
