/**
 * The engine. The main path, in order: {@code config} reads an experiment, {@code grid} expands it to run
 * specs, {@code launch} hands each to a worker process, {@code run} executes it there ({@code weights} and
 * {@code tokenize} provide the inputs, {@code encoder} builds the graph, {@code train} is the loop), and
 * {@code store} keeps the record. Knows tasks and methods only through the API's interfaces.
 */
@NullMarked
package org.adapterbench.core;

import org.jspecify.annotations.NullMarked;
