/**
 * The report as tables for other programs. Entry: {@link org.adapterbench.reports.csv.CsvReport}.
 *
 * <p>Files follow RFC 4180 (comma, double quotes, CRLF) in UTF-8 without a byte-order mark; a missing value
 * is an empty cell; numbers have a decimal point and read back as the same bits.
 */
@NullMarked
package org.adapterbench.reports.csv;

import org.jspecify.annotations.NullMarked;
