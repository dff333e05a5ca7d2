package org.adapterbench.cli;

import java.io.PrintWriter;
import org.adapterbench.datasets.download.DownloadListener;

/** Says how downloads go on, a line for each tenth of a file. */
final class DownloadLines implements DownloadListener {

    private final PrintWriter out;
    private String current = "";
    private long tenth = -1;

    DownloadLines(PrintWriter out) {
        this.out = out;
    }

    @Override
    public synchronized void progress(String file, long done, long total) {
        // Without a total, every 50 MB count as a tenth.
        long now = total > 0 ? done * 10 / total : done / 50_000_000;
        if (file.equals(current) && now == tenth) {
            return;
        }
        current = file;
        tenth = now;
        out.println("  downloading " + file + ": " + Text.bytes(done) + (total > 0 ? " of " + Text.bytes(total) : ""));
        out.flush();
    }
}
