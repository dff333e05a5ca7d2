package org.adapterbench.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.adapterbench.api.damage.Damage;
import org.adapterbench.api.damage.SpoiltFile;

/** Whatever an experiment file holds, it is read right or refused in one line. */
class ExperimentPropertiesTest {

    private static final SpoiltFile FILE = new SpoiltFile("experiment.yaml");

    /** A few keys of all kinds. */
    record Choice(String title, List<Long> seeds, int train, double rate, boolean decayAll) {

        String yaml() {
            return String.format(Locale.ROOT, """
                    title: '%s'
                    name: tiny
                    encoders: [minilm-l6]
                    tasks: [glue/mrpc]
                    methods: [full]
                    seeds: %s
                    data: {train: %d}
                    training: {learning-rate: %s, decay-all: %b}
                    """, title.replace("'", "''"), seeds, train, rate, decayAll);
        }
    }

    @Property(tries = 600, seed = "1")
    void spoiltExperimentsAreReadOrRefused(@ForAll("experiments") byte[] bytes) {
        ExperimentFuzzer.read(bytes);
    }

    @Property(tries = 300, seed = "2")
    void soundExperimentsAreReadAsTheyWereWritten(@ForAll("choices") Choice choice) {
        Experiment read = new ExperimentReader(Fakes.methods(), Fakes.tasks())
                .read(FILE.holding(choice.yaml().getBytes(StandardCharsets.UTF_8)), List.of());
        assertThat(new Choice(
                        read.title(),
                        read.seeds(),
                        read.data().train(),
                        read.methods().get(0).training().learningRate(),
                        read.methods().get(0).training().decayAll()))
                .isEqualTo(choice);
    }

    @Provide
    Arbitrary<byte[]> experiments() {
        return Damage.ofAny(ExperimentFuzzer.seeds());
    }

    @Provide
    Arbitrary<Choice> choices() {
        Arbitrary<String> titles = Arbitraries.strings()
                .withChars("ab':#\"&*!%{}[]\u00e9\u4e2d-")
                .ofMinLength(1)
                .ofMaxLength(12);
        Arbitrary<List<Long>> seeds = Arbitraries.longs()
                .between(0, 1L << 40)
                .list()
                .uniqueElements()
                .ofMinSize(1)
                .ofMaxSize(4);
        return Combinators.combine(
                        titles,
                        seeds,
                        Arbitraries.integers().between(1, 1_000_000),
                        Arbitraries.doubles().between(1e-9, true, 1, true).ofScale(9),
                        Arbitraries.of(true, false))
                .as(Choice::new);
    }
}
