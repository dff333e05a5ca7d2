package org.adapterbench.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.adapterbench.api.UserError;
import org.adapterbench.api.method.Adapter;
import org.adapterbench.api.method.AdapterContext;
import org.adapterbench.api.method.AddedParameter;
import org.adapterbench.api.method.BaseModel;
import org.adapterbench.api.method.ModelParameter;
import org.adapterbench.api.method.Setting;
import org.adapterbench.api.method.Settings;
import org.adapterbench.api.method.TuningMethod;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.core.encoder.FrozenLayers;
import org.adapterbench.core.encoder.ModelOutline;
import org.adapterbench.core.train.TrainedParameter;
import org.adapterbench.core.weights.EncoderConfig.Family;
import org.adapterbench.core.weights.SafeTensors;
import org.adapterbench.core.weights.SafeTensorsWriter;
import org.adapterbench.core.weights.TensorMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/**
 * The checks that every tuning method must pass, on a tiny random BERT and RoBERTa. A method's module extends
 * this class and says what it tests ({@link #method}, {@link #cases}) and what it claims
 * ({@link #trainedScalars}, {@link #startsExactly}).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class TuningMethodContract {

    /** Rounding of one weight to fp32 (2^-24 of about 1) through two layers 48 wide. */
    private static final float LOGIT_TOLERANCE = 1e-5f;

    /** What a trained adapter must move the logits by, so that a merge that does nothing cannot pass. */
    private static final float VISIBLE = 1e-3f;

    private static final long SEED = 7;
    private static final long OTHER_SEED = 8;

    private record Key(Subject subject, long seed) {}

    private final Map<Key, Trial> trials = new HashMap<>();

    /** The method under test. */
    protected abstract TuningMethod method();

    /** The settings to check under, as an experiment gives them; at least one. */
    protected abstract List<Map<String, Object>> cases();

    /** Settings to check on an encoder 96 wide, for ranks above 72. */
    protected List<Map<String, Object>> wideCases() {
        return List.of();
    }

    /** The number of trained scalars outside the head, in closed form. */
    protected abstract long trainedScalars(Settings settings, BaseModel model);

    /** Whether step 0 equals the base model bit for bit (an exact zero is added) or only to 1e-5. */
    protected boolean startsExactly() {
        return true;
    }

    /** Whether with these settings the weights decide the shapes of what is added, as a share of energy does. */
    protected boolean dataDecideShapes(Settings settings) {
        return false;
    }

    /**
     * Settings that are well-formed but cannot fit an encoder of two layers, 48 wide, by the setting that the
     * refusal must name.
     */
    protected Map<String, Map<String, Object>> impossible() {
        return Map.of();
    }

    /** Every encoder with every case. */
    final List<Subject> subjects() {
        List<Subject> subjects = new ArrayList<>();
        for (Family family : Family.values()) {
            cases().forEach(given -> subjects.add(subject(TinyModel.of(family), given)));
        }
        wideCases().forEach(given -> subjects.add(subject(TinyModel.wide(), given)));
        return subjects;
    }

    private Subject subject(TinyModel tiny, Map<String, Object> given) {
        return new Subject(tiny, given, Settings.resolve("contract", method().settings(), given));
    }

    /** Training is done once for all checks of a subject and seed. */
    private Trial trial(Subject subject, long seed) {
        return trials.computeIfAbsent(new Key(subject, seed), key -> Trial.run(method(), subject, seed));
    }

    @AfterAll
    final void forgetTrials() {
        trials.clear();
    }

    @ParameterizedTest
    @MethodSource("subjects")
    protected void stepZeroEqualsTheBaseModel(Subject subject) {
        float[][] start = trial(subject, SEED).start();
        float[][] base = Trial.bareLogits(subject, Map.of());
        if (startsExactly()) {
            assertThat(start).isDeepEqualTo(base);
        } else {
            assertThat(distance(start, base)).isLessThan(LOGIT_TOLERANCE);
        }
    }

    /** Fast numerics show an adapter only those tokens of the last layer that the head reads. */
    @ParameterizedTest
    @MethodSource("subjects")
    protected void fastNumericsScoreTheSame(Subject subject) {
        Trial trial = trial(subject, SEED);
        float[][] fast = Trial.logits(subject, trial.adapter(), trial.after(), Numerics.FAST);
        assertThat(distance(fast, trial.end())).isLessThan(LOGIT_TOLERANCE);
    }

    @ParameterizedTest
    @MethodSource("subjects")
    protected void onlyAndAllDeclaredParametersChange(Subject subject) {
        Trial trial = trial(subject, SEED);
        Set<String> changed = new TreeSet<>();
        trial.before().forEach((name, values) -> {
            if (!Arrays.equals(values, Trial.value(trial.after(), name))) {
                changed.add(name);
            }
        });
        assertThat(changed).isEqualTo(declared(trial.adapter(), subject));
    }

    /** What the adapter itself says it trains. */
    private static Set<String> declared(Adapter adapter, Subject subject) {
        Set<String> declared = new TreeSet<>();
        for (ModelParameter parameter : subject.tiny().model(Trial.MODEL_SEED).parameters()) {
            if (parameter.head() ? adapter.trainsHead() : adapter.trains(parameter)) {
                declared.add(parameter.name());
            }
        }
        adapter.added().stream()
                .filter(AddedParameter::trainable)
                .map(AddedParameter::name)
                .forEach(declared::add);
        return declared;
    }

    @ParameterizedTest
    @MethodSource("subjects")
    protected void trainedCountIsTheClosedForm(Subject subject) {
        long counted = trial(subject, SEED).trained().stream()
                .filter(parameter -> !parameter.head())
                .mapToLong(TrainedParameter::size)
                .sum();
        assertThat(counted)
                .isEqualTo(trainedScalars(subject.settings(), subject.tiny().model(Trial.MODEL_SEED)));
    }

    @ParameterizedTest
    @MethodSource("subjects")
    protected void startValuesAreTheModelsOrTheDeclaredReplacements(Subject subject) {
        Trial trial = trial(subject, SEED);
        BaseModel model = subject.tiny().model(Trial.MODEL_SEED);
        Map<String, Supplier<float[]>> replaced = trial.adapter().replacedValues();
        for (ModelParameter parameter : model.parameters()) {
            float[] expected = replaced.getOrDefault(parameter.name(), () -> model.values(parameter.name()))
                    .get();
            assertThat(Trial.value(trial.before(), parameter.name()))
                    .as(parameter.name())
                    .isEqualTo(expected);
        }
        Set<String> names =
                model.parameters().stream().map(ModelParameter::name).collect(Collectors.toSet());
        assertThat(names).containsAll(replaced.keySet());
    }

    @ParameterizedTest
    @MethodSource("subjects")
    protected void mergedWeightsGiveTheSameLogits(Subject subject) {
        Trial trial = trial(subject, SEED);
        Map<String, float[]> values = trial.baseValues(subject);
        float[][] unmerged = Trial.bareLogits(subject, values);
        Map<String, float[]> merged =
                trial.adapter().merge(name -> Trial.value(trial.after(), name).clone());
        assertThat(values.keySet()).containsAll(merged.keySet());
        values.putAll(merged);
        assertThat(distance(Trial.bareLogits(subject, values), trial.end())).isLessThan(LOGIT_TOLERANCE);
        if (!trial.adapter().added().isEmpty()) {
            assertThat(distance(unmerged, trial.end())).isGreaterThan(VISIBLE);
        }
    }

    @ParameterizedTest
    @MethodSource("subjects")
    protected void sameSeedGivesTheSameBits(Subject subject) {
        Trial again = Trial.run(method(), subject, SEED);
        Trial trial = trial(subject, SEED);
        trial.after()
                .forEach((name, values) ->
                        assertThat(Trial.value(again.after(), name)).as(name).isEqualTo(values));
        assertThat(again.end()).isDeepEqualTo(trial.end());
    }

    @ParameterizedTest
    @MethodSource("subjects")
    protected void anotherSeedGivesOtherBitsWhereAnythingTrains(Subject subject) {
        Trial trial = trial(subject, SEED);
        Trial other = trial(subject, OTHER_SEED);
        for (TrainedParameter parameter : trial.trained()) {
            assertThat(Trial.value(other.after(), parameter.name()))
                    .as(parameter.name())
                    .isNotEqualTo(Trial.value(trial.after(), parameter.name()));
        }
        assertThat(Arrays.deepEquals(other.end(), trial.end()))
                .isEqualTo(trial.trained().isEmpty());
    }

    /** What a run keeps is its trained parameters; everything else must come back from settings and seed. */
    @ParameterizedTest
    @MethodSource("subjects")
    protected void savedAndLoadedParametersRestoreTheModel(Subject subject, @TempDir Path folder) {
        Trial trial = trial(subject, SEED);
        TensorMap kept = new TensorMap();
        trial.trained().forEach(p -> kept.put(p.name(), p.shape(), Trial.value(trial.after(), p.name())));
        Path file = folder.resolve("adapter.safetensors");
        SafeTensorsWriter.write(file, kept);
        SafeTensors loaded = SafeTensors.open(file);
        Map<String, float[]> values = new TreeMap<>();
        loaded.names().forEach(name -> values.put(name, loaded.values(name)));
        Settings recorded = Settings.recorded(subject.settings().values());
        Subject restored = new Subject(subject.tiny(), subject.given(), recorded);
        Adapter adapter = Trial.adapter(method(), restored, SEED);
        assertThat(Trial.logits(restored, adapter, values)).isDeepEqualTo(trial.end());
    }

    @ParameterizedTest
    @MethodSource("subjects")
    protected void graphsHoldNoOperationWhoseBitsDependOnTheProcessor(Subject subject) {
        Trial trial = trial(subject, SEED);
        boolean trains = !trial.trained().isEmpty();
        List<GraphDef> graphs = trial.graphs();
        assertThat(graphs.size()).isEqualTo(trains ? 4 : 2);
        assertThat(graphs)
                .allSatisfy(graph ->
                        assertThat(PortableOperationCheck.violations(graph)).isEmpty());
        assertThat(graphs.subList(0, trains ? 3 : 2))
                .allSatisfy(graph -> assertThat(kinds(graph)).contains("MatMul", "BatchMatMulV3"));
        if (trains) {
            assertThat(kinds(graphs.get(3))).contains("ApplyAdam").doesNotContain("MatMul");
        }
    }

    private static Set<String> kinds(GraphDef graph) {
        return graph.getNodeList().stream().map(NodeDef::getOp).collect(Collectors.toSet());
    }

    /** So that {@code plan} counts it and a run's shapes are checked before its warm-up. */
    @ParameterizedTest
    @MethodSource("subjects")
    protected void whatIsAddedIsKnownWithoutValuesUnlessTheDataDecideTheShapes(Subject subject) {
        ModelOutline outline =
                new ModelOutline(subject.tiny().model(Trial.MODEL_SEED).layout());
        AdapterContext context = new AdapterContext(outline, outline, SEED);
        if (dataDecideShapes(subject.settings())) {
            assertThatThrownBy(() -> method().create(subject.settings(), context))
                    .isInstanceOf(ModelOutline.ValuesAsked.class);
            return;
        }
        Adapter planned = method().create(subject.settings(), context);
        Adapter real = trial(subject, SEED).adapter();
        assertThat(planned.added())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("start")
                .isEqualTo(real.added());
        assertThat(planned.replacedValues().keySet())
                .isEqualTo(real.replacedValues().keySet());
        assertThat(FrozenLayers.count(outline.layout(), planned)).isEqualTo(FrozenLayers.count(outline.layout(), real));
    }

    @ParameterizedTest
    @MethodSource("subjects")
    protected void addedNamesTellTheirSite(Subject subject) {
        List<String> modules = subject.tiny().model(Trial.MODEL_SEED).parameters().stream()
                .map(parameter -> parameter.name().substring(0, parameter.name().lastIndexOf('.')))
                .toList();
        for (AddedParameter parameter : trial(subject, SEED).adapter().added()) {
            assertThat(modules)
                    .as(parameter.name())
                    .anyMatch(module -> parameter.name().startsWith(module + "."));
        }
    }

    @Test
    protected void isFoundByItsNameThroughTheServiceLoader() {
        assertThat(method().name()).matches("[a-z][a-z0-9-]*");
        assertThat(method().summary()).isNotBlank().hasSizeLessThan(120).doesNotContain("\n");
        List<String> classes = new ArrayList<>();
        ServiceLoader.load(TuningMethod.class)
                .forEach(found -> classes.add(found.getClass().getName()));
        assertThat(classes).containsOnlyOnce(method().getClass().getName());
    }

    @Test
    protected void everySettingHasANameAMeaningARangeAndAnAllowedDefault() {
        assertThat(method().settings()).extracting(Setting::name).doesNotHaveDuplicates();
        for (Setting setting : method().settings()) {
            assertThat(setting.name()).matches("[a-z][a-z0-9-]*");
            assertThat(setting.meaning()).as(setting.name()).isNotBlank().doesNotContain("\n");
            assertThat(setting.allowed()).as(setting.name()).isNotBlank();
            assertThat(setting.check(setting.name(), setting.defaultValue())).isEqualTo(setting.defaultValue());
        }
    }

    @Test
    protected void unknownSettingsAreRefused() {
        assertRefused(Map.of("no-such-setting", 1L), "no-such-setting");
    }

    @Test
    protected void valuesOutsideTheRangeAreRefused() {
        for (Setting setting : method().settings()) {
            for (Object bad : BadValues.of(setting)) {
                assertRefused(Map.of(setting.name(), bad), setting.name());
            }
        }
    }

    @Test
    protected void settingsThatDoNotFitTheEncoderAreRefused() {
        impossible().forEach((setting, given) -> assertRefused(given, setting));
        if (method().settings().stream().anyMatch(setting -> setting.name().equals("layers"))) {
            assertRefused(Map.of("layers", "last-3"), "layers");
            assertRefused(Map.of("layers", List.of(2L)), "layers");
        }
    }

    private void assertRefused(Map<String, Object> given, String named) {
        assertThatThrownBy(() -> Trial.adapter(method(), subject(TinyModel.of(Family.BERT), given), SEED))
                .as(given.toString())
                .isInstanceOf(UserError.class)
                .hasMessageContaining(named)
                .message()
                .containsAnyOf("allowed: ", "known: ")
                .doesNotContain("\n");
    }

    private static float distance(float[][] a, float[][] b) {
        assertThat(a).hasSameDimensionsAs(b);
        float largest = 0;
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a[i].length; j++) {
                float difference = Math.abs(a[i][j] - b[i][j]);
                // A NaN must not pass for a small difference.
                largest = Float.isNaN(difference) ? Float.POSITIVE_INFINITY : Math.max(largest, difference);
            }
        }
        return largest;
    }
}
