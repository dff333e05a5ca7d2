/**
 * One file over HTTPS, resumably and within limits: what encoders and data sets are fetched with. Start at
 * {@link org.adapterbench.datasets.download.Download}. Depends on the API only, and names no model and no data set.
 */
@NullMarked
package org.adapterbench.datasets.download;

import org.jspecify.annotations.NullMarked;
