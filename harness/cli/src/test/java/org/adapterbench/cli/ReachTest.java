package org.adapterbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.adapterbench.api.method.Adapter;
import org.adapterbench.api.method.AdapterContext;
import org.adapterbench.api.method.AddedParameter;
import org.adapterbench.api.method.ModelParameter;
import org.adapterbench.api.method.Setting;
import org.adapterbench.api.method.Settings;
import org.adapterbench.api.method.TuningMethod;
import org.adapterbench.api.record.RunSpec.Part;
import org.adapterbench.api.record.RunSpec.TrainingSpec;
import org.adapterbench.core.config.Defaults;
import org.adapterbench.core.encoder.ModelLayout;
import org.adapterbench.core.plugin.MethodCatalog;
import org.adapterbench.core.weights.EncoderConfig;
import org.adapterbench.core.weights.EncoderConfig.Activation;
import org.adapterbench.core.weights.EncoderConfig.Family;
import org.junit.jupiter.api.Test;

/** Costs of real methods, found out by asking them. */
final class ReachTest {

    private static final EncoderConfig BGE_SMALL =
            new EncoderConfig(Family.BERT, 30522, 384, 12, 12, 1536, 512, 2, 1e-12, Activation.GELU, 0);
    private static final ModelLayout LAYOUT = new ModelLayout(BGE_SMALL, 2);
    private static final String QUERY_OF_LAYER_6 = "encoder.layer.6.attention.self.query.weight";
    private static final Settings NO_SETTINGS = Settings.resolve("test", List.of(), Map.of());

    private static Reach reach(String name, Map<String, Object> given) {
        return reach(name, given, Defaults.TRAINING);
    }

    private static Reach reach(String name, Map<String, Object> given, TrainingSpec recipe) {
        TuningMethod method = MethodCatalog.installed().get("test", name);
        return Reach.of(method, Settings.resolve("test", method.settings(), given), recipe, LAYOUT);
    }

    private static TrainingSpec recipe(Part head, Part pooler) {
        TrainingSpec standard = Defaults.TRAINING;
        return standard.toBuilder().head(head).pooler(pooler).build();
    }

    @Test
    void aMethodOfTheHeadAloneHasNothingToTrainWhenHeadAndPoolerAreFrozen() {
        assertThat(reach("head-only", Map.of(), recipe(Part.FROZEN, Part.FROZEN))
                        .trained()
                        .anything())
                .isFalse();
        assertThat(reach("head-only", Map.of(), recipe(Part.FROZEN, Part.TRAINED))
                        .trained()
                        .anything())
                .isTrue();
        assertThat(reach("head-only", Map.of(), recipe(Part.TRAINED, Part.FROZEN))
                        .trained()
                        .anything())
                .isTrue();
        assertThat(reach("full", Map.of(), recipe(Part.FROZEN, Part.FROZEN))
                        .trained()
                        .anything())
                .isTrue();
        assertThat(reach("lora", Map.of(), recipe(Part.FROZEN, Part.FROZEN))
                        .trained()
                        .anything())
                .isTrue();
    }

    @Test
    void theBackwardPassOfFullFineTuningCostsTwoForwardPasses() {
        assertThat(reach("full", Map.of()).backwardPasses()).isEqualTo(2);
        assertThat(reach("full", Map.of()).trained().encoder()).isEqualTo(33_212_160);
    }

    @Test
    void theControlsHaveNoBackwardPassOrNoSteps() {
        Reach.Layers frozen = new Reach.Layers(12, 12);
        long head = 384 * 384 + 384 + 2 * 384 + 2;

        assertThat(reach("head-only", Map.of())).isEqualTo(new Reach(frozen, 0, new Reach.Trained(true, 0, 0, head)));
        assertThat(reach("warm-start", Map.of())).isEqualTo(new Reach(frozen, 0, new Reach.Trained(false, 0, 0, 0)));
    }

    @Test
    void anAdapterOfTheLastLayersCostsTheirShareOfTheBackwardPassAndLeavesTheOthersFrozen() {
        assertThat(reach("lora", Map.of("layers", "last-4")).backwardPasses()).isEqualTo(4 / 12.0);
        assertThat(reach("lora", Map.of("layers", "last-4")).layers()).isEqualTo(new Reach.Layers(12, 8));
        assertThat(reach("lora", Map.of("layers", "all")).backwardPasses()).isEqualTo(1);
    }

    @Test
    void whatAnAdapterAddsIsCountedUnlessTheDataDecideIt() {
        // A and B of query and value in four layers.
        for (String name : List.of("lora", "svd-lora")) {
            assertThat(reach(name, Map.of("layers", "last-4", "rank", 8))
                            .trained()
                            .added())
                    .as(name)
                    .isEqualTo(4 * 2 * 2 * 8 * 384);
        }
        assertThat(reach("svd-lora", Map.of("layers", "last-4")).layers()).isEqualTo(new Reach.Layers(12, 8));
        // One scalar a direction.
        assertThat(reach("qr-lora", Map.of("layers", "last-4", "rank", 80))
                        .trained()
                        .added())
                .isEqualTo(4 * 2 * 80);

        Reach pivoted = reach("qr-lora", Map.of("layers", "last-4"));
        assertThat(pivoted.trained().added()).isZero();
        assertThat(pivoted.trained().anything()).isTrue();
        assertThat(pivoted.layers()).isEqualTo(new Reach.Layers(12, 8));
    }

    @Test
    void theLayersBelowAReparametrisedWeightAreFrozenAndItsGradientIsComputed() {
        Adapter adapter = new Adapter() {
            @Override
            public boolean reparametrises(ModelParameter parameter) {
                return parameter.name().equals(QUERY_OF_LAYER_6);
            }

            @Override
            public List<AddedParameter> added() {
                return List.of(new AddedParameter("magnitude", List.of(384), () -> new float[384], true, false));
            }
        };

        Reach reach = Reach.of(fake(adapter), NO_SETTINGS, Defaults.TRAINING, LAYOUT);

        assertThat(reach.layers()).isEqualTo(new Reach.Layers(12, 6));
        assertThat(reach.weights()).isEqualTo(384 * 384 / 33_212_160.0);
        assertThat(reach.trained().encoder()).isZero();
        assertThat(reach.trained().added()).isEqualTo(384);
    }

    @Test
    void aLayerThatStartsWithOtherValuesIsNotFrozen() {
        Adapter adapter = new Adapter() {
            @Override
            public Map<String, Supplier<float[]>> replacedValues() {
                return Map.of(QUERY_OF_LAYER_6, () -> new float[384 * 384]);
            }
        };

        assertThat(Reach.of(fake(adapter), NO_SETTINGS, Defaults.TRAINING, LAYOUT)
                        .layers())
                .isEqualTo(new Reach.Layers(12, 6));
    }

    private static TuningMethod fake(Adapter adapter) {
        return new TuningMethod() {
            @Override
            public String name() {
                return "fake";
            }

            @Override
            public String summary() {
                return "a test's own adapter";
            }

            @Override
            public List<Setting> settings() {
                return List.of();
            }

            @Override
            public Adapter create(Settings settings, AdapterContext context) {
                return adapter;
            }
        };
    }
}
