package org.adapterbench.datasets.wordnet;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.adapterbench.api.task.LabelledExample;
import org.adapterbench.api.task.LabelledSplit;

/**
 * A task's examples divided into {@code train} and {@code dev}, so that no synset and no text, whatever its
 * case, is in both. The units are taken in an order drawn from their ids: the first ones make up dev, and of
 * the rest those that share nothing with dev make up train.
 */
record Division(LabelledSplit train, LabelledSplit dev) {

    private static final Pattern SPACES = Pattern.compile("\\s+");

    static Division of(String task, List<Unit> units, int devExamples) {
        List<Unit> drawn = Lottery.shuffled(units, task + "/split", Unit::id);
        List<LabelledExample> dev = new ArrayList<>();
        Set<String> devSynsets = new HashSet<>();
        Set<String> devTexts = new HashSet<>();
        int next = 0;
        while (next < drawn.size() && dev.size() < devExamples) {
            Unit unit = drawn.get(next++);
            dev.addAll(unit.examples());
            devSynsets.addAll(unit.synsets());
            unit.examples().forEach(example -> devTexts.addAll(textKeys(example)));
        }
        List<LabelledExample> train = new ArrayList<>();
        for (Unit unit : drawn.subList(next, drawn.size())) {
            boolean shared = unit.synsets().stream().anyMatch(devSynsets::contains)
                    || unit.examples().stream()
                            .flatMap(e -> textKeys(e).stream())
                            .anyMatch(devTexts::contains);
            if (!shared) {
                train.addAll(unit.examples());
            }
        }
        return new Division(new LabelledSplit("train", train), new LabelledSplit("dev", dev));
    }

    /** What makes two texts the same. */
    static String textKey(String text) {
        return SPACES.matcher(text.toLowerCase(Locale.ROOT).strip()).replaceAll(" ");
    }

    private static List<String> textKeys(LabelledExample example) {
        String second = example.input().second();
        String first = textKey(example.input().first());
        return second == null ? List.of(first) : List.of(first, textKey(second));
    }
}
