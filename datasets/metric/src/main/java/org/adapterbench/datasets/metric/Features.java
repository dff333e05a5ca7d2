package org.adapterbench.datasets.metric;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.adapterbench.api.task.TextInput;

/**
 * Turns texts into numbered features. Numbers are given in the order in which the training examples show the
 * features; what training never showed is left out.
 */
final class Features {

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+|[^\\s\\p{L}\\p{M}\\p{N}]");
    /** Overlap shares are also cut into this many steps, so that a linear model can bend. */
    private static final int STEPS = 10;

    private final Map<String, Integer> numbers = new HashMap<>();

    /** Features of a training example; new ones are numbered. */
    SparseVector learn(TextInput input) {
        return vector(input, true);
    }

    /** Features of any example, of those known from training. */
    SparseVector of(TextInput input) {
        return vector(input, false);
    }

    int size() {
        return numbers.size();
    }

    private SparseVector vector(TextInput input, boolean learning) {
        Collected collected = new Collected(learning);
        collected.add("bias", 1);
        Set<String> first = grams(input.first());
        collected.addNormalised("1:", first);
        if (input.second() != null) {
            Set<String> second = grams(input.second());
            collected.addNormalised("2:", second);
            addOverlap(collected, first, second);
        }
        return collected.toVector();
    }

    private static void addOverlap(Collected collected, Set<String> first, Set<String> second) {
        Set<String> shared = new LinkedHashSet<>(first);
        shared.retainAll(second);
        Set<String> apart = new LinkedHashSet<>(first);
        apart.addAll(second);
        apart.removeAll(shared);
        collected.addNormalised("both:", shared);
        collected.addNormalised("one:", apart);
        addShare(collected, "shared/first", shared.size(), first.size());
        addShare(collected, "shared/second", shared.size(), second.size());
        addShare(collected, "shared/all", shared.size(), shared.size() + apart.size());
    }

    private static void addShare(Collected collected, String name, int part, int whole) {
        double share = whole == 0 ? 0 : (double) part / whole;
        collected.add(name, share);
        collected.add(name + ":" + (int) (share * STEPS), 1);
    }

    /** The different words and pairs of neighbouring words, lower-cased, in order of appearance. */
    static Set<String> grams(String text) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(text.toLowerCase(Locale.ROOT));
        while (matcher.find()) {
            words.add(matcher.group());
        }
        Set<String> grams = new LinkedHashSet<>(words);
        for (int i = 0; i + 1 < words.size(); i++) {
            grams.add(words.get(i) + " " + words.get(i + 1));
        }
        return grams;
    }

    /** The features of one example while they are gathered. */
    private final class Collected {

        private final boolean learning;
        private final List<Integer> indices = new ArrayList<>();
        private final List<Double> values = new ArrayList<>();

        Collected(boolean learning) {
            this.learning = learning;
        }

        /** A group of features of Euclidean length 1, so that long texts weigh no more than short ones. */
        void addNormalised(String prefix, Set<String> names) {
            double value = 1 / Math.sqrt(Math.max(1, names.size()));
            names.forEach(name -> add(prefix + name, value));
        }

        void add(String name, double value) {
            if (learning) {
                numbers.putIfAbsent(name, numbers.size());
            }
            Integer number = numbers.get(name);
            if (number != null) {
                indices.add(number);
                values.add(value);
            }
        }

        SparseVector toVector() {
            return new SparseVector(
                    indices.stream().mapToInt(Integer::intValue).toArray(),
                    values.stream().mapToDouble(Double::doubleValue).toArray());
        }
    }
}
