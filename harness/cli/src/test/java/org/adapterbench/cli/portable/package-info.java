/**
 * What {@code numerics: portable} promises, checked from inside the process that computes: the cache sizes that
 * TensorFlow cuts its matrix products by are overwritten ({@link org.adapterbench.cli.portable.EigenCaches}), and
 * the shapes of all products that a run can feed are read off the graph.
 */
@NullMarked
package org.adapterbench.cli.portable;

import org.jspecify.annotations.NullMarked;
