/**
 * The report as tables for other programs. Entry: {@link org.adapterbench.reports.csv.CsvReport}.
 *
 * <p>Files follow RFC 4180 (comma, double quotes, CRLF) in UTF-8 without a byte-order mark; a missing value
 * is an empty cell; numbers have a decimal point and read back as the same bits.
 *
 * <p>So that no spreadsheet runs a name as a formula, a text cell that could start one gets an apostrophe in
 * front: where its first character that is not white space is {@code =}, {@code +}, {@code -} or {@code @}
 * (full-width forms included), or where it starts with an apostrophe or a control character. To read such a
 * cell back, remove one leading apostrophe. Number cells are never changed.
 */
@NullMarked
package org.adapterbench.reports.csv;

import org.jspecify.annotations.NullMarked;
