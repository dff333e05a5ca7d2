package org.adapterbench.core.train;

import org.adapterbench.core.tokenize.Tokens;

/** One example as the graph is fed it. */
public record EncodedExample(String id, Tokens tokens, float target) {}
