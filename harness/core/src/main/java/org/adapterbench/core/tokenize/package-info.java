/**
 * Text to token ids through the Hugging Face tokenizers binding, offline. Entry:
 * {@link org.adapterbench.core.tokenize.TextTokenizer}. Must not depend on selections, the graph or training.
 */
@NullMarked
package org.adapterbench.core.tokenize;

import org.jspecify.annotations.NullMarked;
