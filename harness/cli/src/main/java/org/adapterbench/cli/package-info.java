/**
 * The command line: {@link org.adapterbench.cli.Main} and one class a command. It reads arguments, asks the
 * engine and the reports, and prints; nothing that decides a number is computed here. Nothing may depend on
 * this package.
 */
@NullMarked
package org.adapterbench.cli;

import org.jspecify.annotations.NullMarked;
