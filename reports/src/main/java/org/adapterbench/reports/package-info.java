/**
 * What is made of run records: tables to compute with and a page to read. Entry:
 * {@link org.adapterbench.reports.Report}. Depends on the API only and names no method, task or encoder.
 */
@NullMarked
package org.adapterbench.reports;

import org.jspecify.annotations.NullMarked;
