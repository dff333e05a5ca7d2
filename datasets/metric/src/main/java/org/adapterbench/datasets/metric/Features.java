package org.adapterbench.datasets.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.adapterbench.api.task.TextInput;

/**
 * Turns texts into numbered features. A feature's number is a hash of its name, so that no list of names is kept and
 * the model's size is known; a few features share a number, which costs a linear model little.
 */
final class Features {

    /** How many numbers there are; with 26 classes the model then takes 110 MB. */
    static final int COUNT = 1 << 18;

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+|[^\\s\\p{L}\\p{M}\\p{N}]");
    /** Overlap shares are also cut into this many steps, so that a linear model can bend. */
    private static final int STEPS = 10;

    private int[] indices = new int[64];
    private double[] values = new double[64];
    private int size;

    private Features() {}

    static SparseVector of(TextInput input) {
        Features features = new Features();
        features.add("bias", "", 1);
        Set<String> first = grams(input.first());
        features.addNormalised("first", first);
        if (input.second() != null) {
            Set<String> second = grams(input.second());
            features.addNormalised("second", second);
            features.addOverlap(first, second);
        }
        return new SparseVector(
                Arrays.copyOf(features.indices, features.size), Arrays.copyOf(features.values, features.size));
    }

    private void addOverlap(Set<String> first, Set<String> second) {
        Set<String> shared = new LinkedHashSet<>(first);
        shared.retainAll(second);
        Set<String> apart = new LinkedHashSet<>(first);
        apart.addAll(second);
        apart.removeAll(shared);
        addNormalised("both", shared);
        addNormalised("one", apart);
        addShare("shared of first", shared.size(), first.size());
        addShare("shared of second", shared.size(), second.size());
        addShare("shared of all", shared.size(), shared.size() + apart.size());
    }

    private void addShare(String name, int part, int whole) {
        double share = whole == 0 ? 0 : (double) part / whole;
        add(name, "", share);
        add(name, Integer.toString((int) (share * STEPS)), 1);
    }

    /** A group of features of Euclidean length 1, so that long texts weigh no more than short ones. */
    private void addNormalised(String group, Set<String> names) {
        double value = 1 / Math.sqrt(Math.max(1, names.size()));
        names.forEach(name -> add(group, name, value));
    }

    private void add(String group, String name, double value) {
        if (size == indices.length) {
            indices = Arrays.copyOf(indices, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
        }
        indices[size] = number(group, name);
        values[size] = value;
        size++;
    }

    /** The low bits of String's own hash are uneven; a multiplication spreads them over the high ones. */
    private static int number(String group, String name) {
        int hash = (31 * group.hashCode() + name.hashCode()) * 0x9E3779B1;
        return (hash ^ (hash >>> 15)) * 0x85EBCA6B >>> (Integer.SIZE - Integer.numberOfTrailingZeros(COUNT));
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
}
