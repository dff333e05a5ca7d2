/**
 * What every module shares: the two kinds of trouble ({@link org.adapterbench.api.UserError},
 * {@link org.adapterbench.api.RunFailure}) and content hashes. Depends on nothing but the JDK.
 */
@NullMarked
package org.adapterbench.api;

import org.jspecify.annotations.NullMarked;
