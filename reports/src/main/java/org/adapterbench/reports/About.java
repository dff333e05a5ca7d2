package org.adapterbench.reports;

import java.util.List;

/**
 * What an experiment says about itself.
 *
 * @param name        as in its file and its output folder
 * @param title       heading of the report; the name where there is no other
 * @param description what it is for; may be empty
 * @param encoders    how many it asks for
 * @param planned     runs that it asks for with each encoder; empty where that is not known
 */
public record About(String name, String title, String description, int encoders, List<Planned> planned) {

    public About {
        planned = List.copyOf(planned);
    }

    /** A run with any encoder. */
    public record Planned(String task, String variant, long seed) {}

    /** An experiment of which the runs are not known. */
    public About(String name, String title, String description) {
        this(name, title, description, 0, List.of());
    }

    /** An experiment of which only the name is known. */
    public static About named(String name) {
        return new About(name, name, "");
    }
}
