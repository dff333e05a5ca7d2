package org.adapterbench.datasets.wordnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.adapterbench.api.task.LabelledExample;
import org.adapterbench.api.task.LabelledSplit;
import org.adapterbench.api.task.SplitFacts.ContentStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every task of the suite promises about its splits, checked on the real dictionary. */
class ConstructionsTest {

    static List<Construction> constructions() {
        return WordNetTasks.CONSTRUCTIONS;
    }

    @ParameterizedTest
    @MethodSource("constructions")
    void contentIsThePinnedOne(Construction construction) {
        Division division = BuiltSuite.division(construction);
        for (LabelledSplit split : List.of(division.train(), division.dev())) {
            assertThat(WordNetTasks.facts(construction.task(), split))
                    .as("run the generator if the change is meant, and raise the construction's version")
                    .extracting(facts -> facts.status())
                    .isEqualTo(ContentStatus.OFFICIAL);
        }
    }

    @ParameterizedTest
    @MethodSource("constructions")
    void noSynsetIsInTwoSplits(Construction construction) {
        Map<String, Set<String>> synsets = new HashMap<>();
        BuiltSuite.units(construction)
                .forEach(unit -> unit.examples().forEach(example -> synsets.put(example.id(), unit.synsets())));
        Division division = BuiltSuite.division(construction);
        Set<String> dev = new HashSet<>();
        division.dev().examples().forEach(example -> dev.addAll(synsets.get(example.id())));
        assertThat(dev).isNotEmpty();
        assertThat(division.train().examples())
                .noneMatch(example -> synsets.get(example.id()).stream().anyMatch(dev::contains));
    }

    @ParameterizedTest
    @MethodSource("constructions")
    void unitsNameTheSynsetThatTheIdOfEachExampleNames(Construction construction) {
        for (Unit unit : BuiltSuite.units(construction)) {
            assertThat(unit.examples())
                    .allMatch(example -> unit.synsets()
                            .containsAll(
                                    List.of(example.id().replaceAll("\\..*", "").split("-"))));
        }
    }

    @ParameterizedTest
    @MethodSource("constructions")
    void noTextIsInTwoSplitsWhateverItsCase(Construction construction) {
        Division division = BuiltSuite.division(construction);
        Set<String> dev = new HashSet<>();
        division.dev().examples().forEach(example -> dev.addAll(lowerCaseTexts(example)));
        assertThat(division.train().examples())
                .noneMatch(example -> lowerCaseTexts(example).stream().anyMatch(dev::contains));
    }

    @ParameterizedTest
    @MethodSource("constructions")
    void idsAndExamplesAreUnique(Construction construction) {
        Division division = BuiltSuite.division(construction);
        List<LabelledExample> all = Stream.of(division.train(), division.dev())
                .flatMap(split -> split.examples().stream())
                .toList();
        assertThat(all.stream().map(LabelledExample::id)).doesNotHaveDuplicates();
        assertThat(all.stream().map(ConstructionsTest::lowerCaseTexts)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("constructions")
    void textsAreOneLineWithoutTabs(Construction construction) {
        for (Unit unit : BuiltSuite.units(construction)) {
            assertThat(unit.examples().stream().flatMap(example -> lowerCaseTexts(example).stream()))
                    .allMatch(text -> text.matches("[ -~]+") && text.equals(text.strip()));
        }
    }

    @Test
    void supersenseHasTrainingExamplesForDataSizeStudies() {
        Division division = BuiltSuite.division(WordNetTasks.construction("wordnet/supersense"));
        assertThat(division.train().examples()).hasSizeGreaterThanOrEqualTo(75_000);
    }

    @Test
    void eachPhraseIsInOneFormOnly() {
        Construction accept = WordNetTasks.construction("wordnet/accept");
        Division division = BuiltSuite.division(accept);
        Set<String> shown = new HashSet<>();
        Stream.of(division.train(), division.dev())
                .forEach(split -> split.examples().forEach(example -> shown.addAll(lowerCaseTexts(example))));
        List<LabelledExample> train = division.train().examples();
        assertThat(train.stream().filter(example -> example.target() == 1))
                .allMatch(example -> example.input().first().equals(originalOf(example)));
        assertThat(train.stream().filter(example -> example.target() == 0))
                .hasSizeBetween(14_000, 15_500)
                .noneMatch(example -> shown.contains(Division.textKey(originalOf(example))));
    }

    @Test
    void hypothesesOccurWithEachAnswerEquallyOften() {
        Division division = BuiltSuite.division(WordNetTasks.construction("wordnet/entail"));
        for (LabelledSplit split : List.of(division.train(), division.dev())) {
            Map<String, int[]> counts = new HashMap<>();
            for (LabelledExample example : split.examples()) {
                counts.computeIfAbsent(example.input().second(), h -> new int[3])[(int) example.target()]++;
            }
            assertThat(counts.values()).allMatch(count -> count[0] == count[1] && count[1] == count[2]);
        }
    }

    @Test
    void everyBandOfTheScaleIsAboutEquallyFull() {
        Division division = BuiltSuite.division(WordNetTasks.construction("wordnet/similarity"));
        for (LabelledSplit split : List.of(division.train(), division.dev())) {
            int[] bands = new int[5];
            split.examples().forEach(example -> bands[(int) Math.min(4, example.target())]++);
            int fifth = split.examples().size() / 5;
            assertThat(Arrays.stream(bands).boxed()).allMatch(count -> Math.abs(count - fifth) < fifth / 5);
        }
    }

    private static String originalOf(LabelledExample example) {
        String[] id = example.id().split("\\.");
        return BuiltSuite.wordNet().get(id[0]).examples().get(Integer.parseInt(id[1]));
    }

    private static List<String> lowerCaseTexts(LabelledExample example) {
        return Stream.of(example.input().first(), example.input().second())
                .filter(text -> text != null)
                .map(text -> text.toLowerCase(Locale.ROOT))
                .toList();
    }
}
