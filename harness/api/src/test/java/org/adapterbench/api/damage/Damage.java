package org.adapterbench.api.damage;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Spoils sound bytes as disks, transfers, editors and enemies do. */
public final class Damage {

    private static final int MOST_FAULTS = 4;
    private static final int LONGEST_PART = 64;

    /** Lengths and counts that break arithmetic. */
    private static final Arbitrary<Long> ODD_NUMBERS = Arbitraries.of(
            0L,
            1L,
            -1L,
            127L,
            128L,
            255L,
            65536L,
            100_000_001L,
            (long) Integer.MAX_VALUE,
            1L << 31,
            1L << 32,
            1L << 40,
            Long.MAX_VALUE,
            Long.MIN_VALUE);

    /** Texts that mean something in one format or another. */
    private static final Arbitrary<byte[]> ODD_TEXTS = Arbitraries.of(
                    "\n",
                    "\r",
                    "\t",
                    "\0",
                    "\"",
                    "'",
                    "{",
                    "}",
                    "[",
                    "]",
                    ":",
                    ",",
                    "&a ",
                    "*a",
                    "!!",
                    "- ",
                    "%",
                    "#",
                    "\\u0000",
                    "\\ud800",
                    "\\UFFFFFFFF",
                    "1e999",
                    "-0",
                    "null",
                    "NaN",
                    "\uFEFF",
                    "\u202E",
                    "\u2028",
                    "\u001b[2J",
                    "[[[[[[[[",
                    "{{{{{{{{",
                    "? ",
                    "<<: ",
                    "---\n",
                    "9".repeat(40),
                    "../",
                    "__metadata__")
            .map(text -> text.getBytes(StandardCharsets.UTF_8));

    private Damage() {}

    /** The bytes with one to a few faults, anywhere. */
    public static Arbitrary<byte[]> of(byte[] sound) {
        return faults().list().ofMinSize(1).ofMaxSize(MOST_FAULTS).map(faults -> {
            byte[] damaged = sound;
            for (UnaryOperator<byte[]> fault : faults) {
                damaged = fault.apply(damaged);
            }
            return damaged;
        });
    }

    /** Any of several sound files, spoilt. */
    public static Arbitrary<byte[]> ofAny(List<byte[]> sound) {
        return Arbitraries.of(sound).flatMap(Damage::of);
    }

    private static Arbitrary<UnaryOperator<byte[]>> faults() {
        Arbitrary<Double> places = Arbitraries.doubles().between(0, 1);
        Arbitrary<Integer> lengths = Arbitraries.integers().between(1, LONGEST_PART);
        return Arbitraries.oneOf(
                Combinators.combine(places, Arbitraries.bytes())
                        .as((place, value) -> bytes -> replaced(bytes, at(bytes, place), 1, new byte[] {value})),
                Combinators.combine(places, Arbitraries.integers().between(0, 7))
                        .as((place, bit) -> bytes -> flipped(bytes, at(bytes, place), bit)),
                Combinators.combine(places, ODD_NUMBERS, Arbitraries.of(1, 2, 4, 8))
                        .as((place, number, width) ->
                                bytes -> replaced(bytes, at(bytes, place), width, number(number, width))),
                Combinators.combine(places, ODD_TEXTS, Arbitraries.of(0, 1, 4))
                        .as((place, text, gone) -> bytes -> replaced(bytes, at(bytes, place), gone, text)),
                Combinators.combine(places, lengths)
                        .as((place, length) -> bytes -> replaced(bytes, at(bytes, place), length, new byte[0])),
                Combinators.combine(places, places, lengths)
                        .as((from, to, length) ->
                                bytes -> replaced(bytes, at(bytes, to), 0, part(bytes, at(bytes, from), length))),
                places.map(place -> bytes -> Arrays.copyOf(bytes, at(bytes, place))));
    }

    private static int at(byte[] bytes, double place) {
        return (int) Math.round(place * bytes.length);
    }

    private static byte[] part(byte[] bytes, int from, int length) {
        return Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + length));
    }

    private static byte[] replaced(byte[] bytes, int from, int gone, byte[] by) {
        int rest = Math.min(bytes.length, from + gone);
        return ByteBuffer.allocate(from + by.length + bytes.length - rest)
                .put(bytes, 0, from)
                .put(by)
                .put(bytes, rest, bytes.length - rest)
                .array();
    }

    private static byte[] flipped(byte[] bytes, int at, int bit) {
        byte[] flipped = bytes.clone();
        if (at < bytes.length) {
            flipped[at] ^= (byte) (1 << bit);
        }
        return flipped;
    }

    private static byte[] number(long number, int width) {
        byte[] bytes = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(number)
                .array();
        return Arrays.copyOf(bytes, width);
    }
}
