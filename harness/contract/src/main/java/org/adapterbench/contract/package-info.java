/**
 * What every tuning method must keep, as tests. Entry:
 * {@link org.adapterbench.contract.TuningMethodContract}, which a method's module extends in its own tests.
 * Runs on tiny random encoders through the engine's real graph; knows no method by name.
 */
@NullMarked
package org.adapterbench.contract;

import org.jspecify.annotations.NullMarked;
