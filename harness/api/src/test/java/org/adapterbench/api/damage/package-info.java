/**
 * What the tests of all readers share: {@link org.adapterbench.api.damage.Damage} spoils the bytes of a sound
 * file, {@link org.adapterbench.api.damage.Refusal} says what a reader owes to whatever bytes.
 */
@NullMarked
package org.adapterbench.api.damage;

import org.jspecify.annotations.NullMarked;
