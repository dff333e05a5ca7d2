package org.adapterbench.core.compare;

import org.jspecify.annotations.Nullable;

/** A value as a record has it; a type of its own, so that it never changes places with {@link Now}. */
public record Recorded<T extends @Nullable Object>(T value) {}
