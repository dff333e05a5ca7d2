package org.adapterbench.reports.html;

/**
 * A named value.
 *
 * @param name  as shown
 * @param value as shown
 * @param hint  the long form, empty when the value says all
 */
record Fact(String name, String value, String hint) {

    static Fact of(String name, String value) {
        return new Fact(name, Shown.text(value), "");
    }

    /** A shortened hash with all of it as the hint. */
    static Fact hash(String name, String hash) {
        return new Fact(name, Shown.hash(hash), Shown.text(hash));
    }
}
