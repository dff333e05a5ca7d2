package org.adapterbench.reports;

/**
 * What an experiment says about itself.
 *
 * @param name        as in its file and its output folder
 * @param title       heading of the report; the name where there is no other
 * @param description what it is for; may be empty
 */
public record About(String name, String title, String description) {

    /** An experiment of which only the name is known. */
    public static About named(String name) {
        return new About(name, name, "");
    }
}
