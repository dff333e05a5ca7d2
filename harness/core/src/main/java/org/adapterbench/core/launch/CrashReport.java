package org.adapterbench.core.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the Java runtime writes when it crashes ({@code hs_err}). */
final class CrashReport {

    private static final int HEADER_LINES = 20;

    private CrashReport() {}

    /** The signal or error and the frame where it struck, in one line. */
    static String summary(Path report) {
        try {
            // The report may hold bytes of any encoding further down.
            String text = new String(Files.readAllBytes(report), StandardCharsets.ISO_8859_1);
            List<String> header = text.lines()
                    .limit(HEADER_LINES)
                    .map(line -> line.replaceFirst("^#\\s*", "").strip())
                    .filter(line ->
                            line.matches("(SIG|There is insufficient|Native memory|Out of Memory|[CVJj]\\s+\\[?).*"))
                    .toList();
            return header.isEmpty() ? "see hs_err.log" : String.join("; ", header);
        } catch (IOException e) {
            return "see hs_err.log";
        }
    }
}
