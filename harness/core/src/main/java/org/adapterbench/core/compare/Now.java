package org.adapterbench.core.compare;

import org.jspecify.annotations.Nullable;

/** A value as the execution at hand has it; a type of its own, so that it never changes places with {@link Recorded}. */
public record Now<T extends @Nullable Object>(T value) {}
