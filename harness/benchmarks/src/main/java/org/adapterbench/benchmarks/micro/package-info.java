/**
 * The parts, one JMH benchmark each: steps, decompositions, adapters, texts, reports. Started by
 * {@link org.adapterbench.benchmarks.MicroBenchmarks}.
 */
@NullMarked
package org.adapterbench.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
