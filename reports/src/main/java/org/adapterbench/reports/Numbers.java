package org.adapterbench.reports;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;

/** Numbers as text, the same in every locale and on every JDK. */
public final class Numbers {

    private static final int ENOUGH_DIGITS = 17;
    private static final long FRACTION = (1L << 52) - 1;
    private static final double LEAST_PLAIN = 1e-7;
    private static final double MOST_PLAIN = 1e21;

    private Numbers() {}

    /**
     * The shortest decimal that reads back as the same double; empty for a value that is not finite.
     * {@link Double#toString(double)} alone won't do: before JDK 19 it is not always shortest.
     */
    public static String exact(double value) {
        if (!Double.isFinite(value)) {
            return "";
        }
        if (value == 0) {
            return 1 / value > 0 ? "0" : "-0.0";
        }
        BigDecimal shortest = shortest(value).stripTrailingZeros();
        double size = Math.abs(value);
        return size >= LEAST_PLAIN && size < MOST_PLAIN ? shortest.toPlainString() : shortest.toString();
    }

    private static BigDecimal shortest(double value) {
        BigDecimal all = new BigDecimal(value);
        if ((Double.doubleToRawLongBits(value) & FRACTION) == 0) {
            return fromFewDigits(all, value);
        }
        // Every JDK's text reads back, so its digits are enough; fewer are tried until they no longer are.
        int digits = digits(Double.toString(value));
        BigDecimal found = all.round(new MathContext(digits, RoundingMode.HALF_EVEN));
        while (--digits > 0) {
            BigDecimal shorter = all.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (shorter.doubleValue() != value) {
                break;
            }
            found = shorter;
        }
        return found;
    }

    /**
     * For powers of two, where the gap below is half of that above: a shorter decimal may fit though a longer
     * one doesn't, and one further up though the nearest doesn't.
     */
    private static BigDecimal fromFewDigits(BigDecimal all, double value) {
        for (int digits = 1; digits < ENOUGH_DIGITS; digits++) {
            for (RoundingMode mode : List.of(RoundingMode.HALF_EVEN, RoundingMode.UP)) {
                BigDecimal rounded = all.round(new MathContext(digits, mode));
                if (rounded.doubleValue() == value) {
                    return rounded;
                }
            }
        }
        return all.round(new MathContext(ENOUGH_DIGITS, RoundingMode.HALF_EVEN));
    }

    private static int digits(String text) {
        int exponent = text.indexOf('E');
        String number = exponent < 0 ? text : text.substring(0, exponent);
        return (int) number.chars().filter(c -> c >= '0' && c <= '9').count();
    }

    /** A fixed number of decimals, for reading. */
    public static String fixed(double value, int decimals) {
        if (!Double.isFinite(value)) {
            return "";
        }
        String text =
                new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
        return text.matches("-0(\\.0+)?") ? text.substring(1) : text;
    }

    /** A few significant digits without an exponent where the size allows it, for reading. */
    public static String rounded(double value, int digits) {
        if (!Double.isFinite(value)) {
            return "";
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN));
        double size = Math.abs(value);
        return size == 0 || (size >= 1e-4 && size < 1e12) ? rounded.toPlainString() : rounded.toString();
    }

    /** A count with groups of three digits. */
    public static String grouped(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** A percentage for reading. */
    public static String percent(double percent) {
        return (percent == 0 ? "0" : percent >= 99.95 ? fixed(percent, 0) : rounded(percent, 2)) + " %";
    }
}
