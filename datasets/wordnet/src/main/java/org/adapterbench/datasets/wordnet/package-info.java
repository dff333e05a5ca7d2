/**
 * The embedded suite: five GLUE-shaped tasks made from WordNet 3.1, so that every machine has real English
 * text. Start at {@link org.adapterbench.datasets.wordnet.WordNetTasks}. Every choice is drawn by SHA-256 from
 * stable ids, so that the same dictionary gives the same splits on every machine and JDK; must not depend on
 * the engine.
 */
@NullMarked
package org.adapterbench.datasets.wordnet;

import org.jspecify.annotations.NullMarked;
