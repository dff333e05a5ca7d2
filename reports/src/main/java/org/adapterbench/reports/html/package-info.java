/**
 * The report as one self-contained page. Entry: {@link org.adapterbench.reports.html.HtmlReport}. Java code
 * here turns records into plain rows, points and texts; the templates under {@code src/main/jte} only lay
 * them out, and escape every text.
 */
@NullMarked
package org.adapterbench.reports.html;

import org.jspecify.annotations.NullMarked;
