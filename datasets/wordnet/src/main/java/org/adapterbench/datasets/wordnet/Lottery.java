package org.adapterbench.datasets.wordnet;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.adapterbench.api.Sha256;

/** Choices that look random and depend on nothing but their names, drawn by SHA-256. */
final class Lottery {

    private Lottery() {}

    /** A number from 0 to 2^60 - 1. */
    static long ticket(String... names) {
        Sha256 sha = new Sha256();
        for (String name : names) {
            sha.add(name);
        }
        return Long.parseLong(sha.hex().substring(0, 15), 16);
    }

    /** A number from 0 to bound - 1. */
    static int below(int bound, String... names) {
        return (int) (ticket(names) % bound);
    }

    /** One element. */
    static <T> T pick(List<T> choices, String... names) {
        return choices.get(below(choices.size(), names));
    }

    /** The elements in an order that depends on purpose and ids only. */
    static <T> List<T> shuffled(List<T> elements, String purpose, Function<T, String> id) {
        record Ranked<T>(long ticket, String id, T element) {}
        return elements.stream()
                .map(e -> new Ranked<>(ticket(purpose, id.apply(e)), id.apply(e), e))
                .sorted(Comparator.<Ranked<T>>comparingLong(Ranked::ticket).thenComparing(Ranked::id))
                .map(Ranked::element)
                .toList();
    }
}
