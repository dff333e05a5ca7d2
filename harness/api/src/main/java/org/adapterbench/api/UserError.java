package org.adapterbench.api;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Bad input from the user: one line that says what is wrong, where, and what is allowed.
 * The command line prints the message alone and exits with code 2.
 */
public final class UserError extends RuntimeException {

    public UserError(String message) {
        super(OneLine.of(message));
    }

    public UserError(String message, Throwable cause) {
        super(OneLine.of(message), cause);
    }

    /**
     * An unknown name, answered with the nearest known one and the list of all.
     *
     * @param where file and key, or command-line option
     * @param kind  what the name should have been, for instance {@code method}
     */
    public static UserError unknown(String where, String kind, String name, Collection<String> known) {
        return unknown(where, kind, name, known, Map.of());
    }

    /**
     * The same where other programs have other names.
     *
     * @param elsewhere what other programs call a known one, to its name here
     */
    public static UserError unknown(
            String where, String kind, String name, Collection<String> known, Map<String, String> elsewhere) {
        List<String> sorted = known.stream().sorted().toList();
        String meant = elsewhere.getOrDefault(name, "");
        String hint = sorted.contains(meant) ? didYouMean(meant) : nearest(name, sorted);
        return new UserError(where + ": unknown " + kind + " '" + name + "'" + hint + " (known: "
                + (sorted.isEmpty() ? "none" : String.join(", ", sorted)) + ")");
    }

    private static String didYouMean(String candidate) {
        return "; did you mean '" + candidate + "'?";
    }

    /** {@code ; did you mean 'lora'?} where a known name is near or the only one that begins so, else nothing. */
    public static String nearest(String name, Collection<String> known) {
        List<String> longer = known.stream()
                .filter(candidate -> !name.isEmpty() && candidate.startsWith(name))
                .toList();
        return (longer.size() == 1 ? longer : known)
                .stream()
                        .sorted()
                        .min(Comparator.comparingInt(candidate -> distance(name, candidate)))
                        .filter(candidate ->
                                longer.size() == 1 || distance(name, candidate) <= Math.max(2, name.length() / 3))
                        // A name of which nothing is left is no near one.
                        .filter(candidate -> distance(name, candidate) < Math.max(name.length(), candidate.length()))
                        .map(UserError::didYouMean)
                        .orElse("");
    }

    /** Levenshtein distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
