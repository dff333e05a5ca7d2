package org.adapterbench.core.compare;

/** How much of a hash people are shown. */
final class Hash {

    private static final int DIGITS = 16;

    private Hash() {}

    static String shortened(String hex) {
        return hex.length() <= DIGITS ? hex : hex.substring(0, DIGITS);
    }
}
