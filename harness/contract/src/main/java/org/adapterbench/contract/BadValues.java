package org.adapterbench.contract;

import java.util.List;
import org.adapterbench.api.method.Setting;

/** Values that a setting must refuse by its own declaration. */
final class BadValues {

    private BadValues() {}

    static List<Object> of(Setting setting) {
        if (setting instanceof Setting.Whole whole) {
            return List.of(whole.least() - 1, whole.most() + 1, whole.least() + 0.5, "one", List.of(1L));
        }
        if (setting instanceof Setting.Real real) {
            double below = real.leastExcluded() ? real.least() : real.least() - 0.001;
            return List.of(below, real.most() + 0.001, Double.NaN, Double.POSITIVE_INFINITY, "half");
        }
        if (setting instanceof Setting.Choice) {
            return List.of("no-such-word", 1L, List.of("no-such-word"));
        }
        if (setting instanceof Setting.Choices choices) {
            String word = choices.choices().get(0);
            return List.of(List.of(), List.of("no-such-word"), List.of(word, word), word);
        }
        return List.of("none", "last-0", "last-", List.of(), List.of(-1L), List.of(0.5), 3L);
    }
}
