package org.adapterbench.cli.portable;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.adapterbench.api.UserError;
import org.adapterbench.api.method.Adapter;
import org.adapterbench.api.method.AdapterContext;
import org.adapterbench.api.method.Setting;
import org.adapterbench.api.method.Settings;
import org.adapterbench.api.method.TuningMethod;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.task.Objective;
import org.adapterbench.core.Seeds;
import org.adapterbench.core.encoder.Model;
import org.adapterbench.core.encoder.ModelLayout;
import org.adapterbench.core.encoder.ShapeRule;
import org.adapterbench.core.plugin.MethodCatalog;
import org.adapterbench.core.run.NumericsCheck;
import org.adapterbench.core.train.TrainingGraph;
import org.adapterbench.core.weights.EncoderConfig.Family;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.proto.GraphDef;

/**
 * Every matrix product that a run can feed obeys the shape rule: all products of the forward passes and of the
 * gradients, for every method and every length that texts are padded to.
 */
final class ProductShapesTest {

    /** The longest that portable numerics allow. */
    private static final int LONGEST = 384;

    private static final int ROWS = 32;
    /** Products of one layer and the head, without gradients. */
    private static final int FORWARD = 10;

    /** An encoder's sizes and a method, with settings that change shapes. */
    record Subject(RandomEncoder encoder, int rows, int longest, int outputs, TuningMethod method, Settings settings) {

        /** @throws UserError where portable numerics refuse it */
        GraphDef definition() {
            Model model = new Model(new ModelLayout(encoder.config(), outputs), encoder, 1);
            Adapter adapter = method.create(settings, new AdapterContext(model, model, 1));
            List<String> classes =
                    IntStream.range(0, outputs).mapToObj(i -> "class " + i).toList();
            Objective objective = outputs == 1 ? new Objective.Regression(0, 5) : new Objective.Classification(classes);
            try (TrainingGraph graph = new TrainingGraph(
                    model,
                    adapter,
                    objective,
                    SweptTraining.spec(rows, longest),
                    Numerics.PORTABLE,
                    NumericsCheck.PORTABLE_THREADS)) {
                return graph.definition();
            }
        }

        @Override
        public String toString() {
            return encoder.config().family() + " " + encoder.config().hidden() + " wide, " + method.name() + " "
                    + settings.values() + ", " + rows + " rows, " + outputs + " outputs";
        }
    }

    static Stream<Subject> subjects() {
        RandomEncoder tiny = RandomEncoder.of(Family.ROBERTA, 48, 4, 96, 1, 48);
        RandomEncoder small = RandomEncoder.of(Family.BERT, 384, 12, 1536, 1, LONGEST);
        RandomEncoder base = RandomEncoder.of(Family.ROBERTA, 768, 12, 3072, 1, LONGEST);
        List<Subject> all = new ArrayList<>();
        for (TuningMethod method : MethodCatalog.installed().all()) {
            all.add(new Subject(tiny, 8, 48, 1, method, settings(method, "all", 1)));
            all.add(new Subject(small, ROWS, LONGEST, 26, method, settings(method, "few", 8)));
            all.add(new Subject(small, ROWS, LONGEST, 2, method, settings(method, "all", 96)));
        }
        for (TuningMethod method : MethodCatalog.installed().all()) {
            // A decomposition of 768 x 3072 takes too long here; its shapes are those of any other low rank.
            if (method.settings().stream().noneMatch(setting -> setting.name().equals("targets"))
                    || method.name().equals("lora")) {
                all.add(new Subject(base, ROWS, LONGEST, 3, method, settings(method, "all", 72)));
            }
        }
        return all.stream();
    }

    /** The last layer, at the targets by default or at all of them, and a rank; where the method has such settings. */
    private static Settings settings(TuningMethod method, String targets, long rank) {
        Map<String, Object> given = new HashMap<>(CacheSweep.lastLayer(method));
        for (Setting setting : method.settings()) {
            if (targets.equals("all") && setting instanceof Setting.Choices choices) {
                given.put(setting.name(), choices.choices());
            }
            if (setting.name().equals("rank") && setting instanceof Setting.Whole) {
                given.put(setting.name(), rank);
            }
        }
        return Settings.resolve("shapes", method.settings(), given);
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void everyProductThatARunCanFeedObeysTheRule(Subject subject) {
        GraphDef definition = subject.definition();
        IntStream.rangeClosed(1, subject.longest())
                .map(ShapeRule::paddedLength)
                .distinct()
                .forEach(length -> {
                    SortedMap<String, Product> products = GraphProducts.of(definition, subject.rows(), length);
                    assertThat(products).hasSizeGreaterThanOrEqualTo(FORWARD);
                    assertThat(outside(products))
                            .as("%s, length %d", subject, length)
                            .isEmpty();
                });
    }

    /** Lengths that no text is padded to: the check sees what breaks the rule, in forward passes and gradients. */
    @Test
    void otherLengthsBreakTheRule() {
        Subject subject = subjects()
                .filter(s -> s.method().name().equals("full") && s.outputs() == 26)
                .findFirst()
                .orElseThrow();
        GraphDef definition = subject.definition();

        assertThat(outside(GraphProducts.of(definition, ROWS, 64)).values())
                .contains(
                        new Product(true, 1, 2_048, 384, 1_536, false, true),
                        new Product(true, 1, 2_048, 1_536, 384, false, false));
        assertThat(outside(GraphProducts.of(definition, ROWS, 80)).values())
                .contains(new Product(false, ROWS * 12L, 80, 32, 80, false, true));
        assertThat(outside(GraphProducts.of(definition, 12, 60)).values()).isEmpty();
    }

    /** Sizes drawn at random: what {@link ShapeRule#require} lets through has no product outside the rule. */
    @Test
    void whatIsNotRefusedObeysTheRule() {
        RandomGenerator random = Seeds.generator(4);
        int accepted = 0;
        for (int i = 0; i < 60; i++) {
            int heads = 1 + random.nextInt(4);
            int hidden = heads * 12 * (1 + random.nextInt(6));
            int longest = 12 + random.nextInt(120);
            RandomEncoder encoder = RandomEncoder.of(Family.BERT, hidden, heads, 24 * (1 + random.nextInt(40)), 1, 144);
            TuningMethod method = MethodCatalog.installed().get("shapes", "lora");
            long rank = 1 + random.nextInt(Math.min(hidden, 120));
            Subject subject = new Subject(
                    encoder,
                    1 + random.nextInt(40),
                    longest,
                    1 + random.nextInt(80),
                    method,
                    settings(method, "all", rank));
            if (accepts(subject)) {
                accepted++;
                everyProductThatARunCanFeedObeysTheRule(subject);
            }
        }
        assertThat(accepted).isGreaterThan(5);
    }

    private static boolean accepts(Subject subject) {
        try {
            subject.definition();
            return true;
        } catch (UserError refused) {
            return false;
        }
    }

    private static SortedMap<String, Product> outside(SortedMap<String, Product> products) {
        SortedMap<String, Product> outside = new TreeMap<>(products);
        outside.values().removeIf(Product::obeysTheRule);
        return outside;
    }
}
