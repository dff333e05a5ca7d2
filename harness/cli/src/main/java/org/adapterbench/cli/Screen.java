package org.adapterbench.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Where progress appears: on a terminal a few lines at the bottom that are drawn over, elsewhere plain lines
 * now and then. Not safe for concurrent use.
 */
final class Screen {

    private static final Duration REDRAW = Duration.ofMillis(200);
    private static final Duration PLAIN = Duration.ofSeconds(15);
    private static final String UP = "\u001b[1A";
    private static final String CLEAR = "\u001b[2K\r";

    private final PrintWriter out;
    private final int columns;
    private int drawn;
    private Duration last = Duration.ZERO;

    /** @param columns width of the terminal; 0 when the output is not a terminal */
    Screen(PrintWriter out, int columns) {
        this.out = out;
        this.columns = columns;
    }

    /** Prints a line that stays. */
    void print(String line) {
        erase();
        out.println(line);
        out.flush();
    }

    /** Shows the current state, unless it was shown a moment ago. */
    void show(Progress progress) {
        Duration now = progress.elapsed();
        Duration pause = now.minus(last);
        if (pause.compareTo(columns > 0 ? REDRAW : PLAIN) < 0) {
            return;
        }
        last = now;
        List<String> lines = new ArrayList<>(progress.runs());
        if (columns == 0) {
            lines.add(0, progress.overall());
            out.println(String.join(" | ", lines));
        } else {
            erase();
            lines.add(progress.overall());
            lines.forEach(line -> out.println(line.length() < columns ? line : line.substring(0, columns - 1)));
            drawn = lines.size();
        }
        out.flush();
    }

    /** Removes the lines that are drawn over. */
    void erase() {
        for (; drawn > 0; drawn--) {
            out.print(UP + CLEAR);
        }
        out.flush();
    }
}
