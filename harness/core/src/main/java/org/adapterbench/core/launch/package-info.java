/**
 * Runs in processes of their own. {@link org.adapterbench.core.launch.GridRunner} takes the planned runs one
 * after the other, skips the finished ones and stores the records;
 * {@link org.adapterbench.core.launch.LocalLauncher} hands each to a worker process
 * ({@link org.adapterbench.core.launch.WorkerMain}) and turns every way in which that can end into a result.
 * Parent and worker exchange one JSON message a line over the worker's standard input and output. Must not depend on
 * data, weights or the graph, which only what is executed in the worker knows, nor on comparisons.
 */
@NullMarked
package org.adapterbench.core.launch;

import org.jspecify.annotations.NullMarked;
