package org.adapterbench.methods.qrlora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.adapterbench.api.RunFailure;
import org.adapterbench.api.method.Adapter;
import org.adapterbench.api.method.AdapterContext;
import org.adapterbench.api.method.AddedParameter;
import org.adapterbench.api.method.BaseModel;
import org.adapterbench.api.method.LinearSite;
import org.adapterbench.api.method.MethodFact;
import org.adapterbench.api.method.ModelParameter;
import org.adapterbench.api.method.ModelShape;
import org.adapterbench.api.method.Projection;
import org.adapterbench.api.method.Settings;
import org.adapterbench.contract.TinyModel;
import org.adapterbench.core.train.TrainingGraph;
import org.adapterbench.core.weights.EncoderConfig.Family;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class QrLoraMethodTest {

    private static final TinyModel TINY = TinyModel.of(Family.BERT);
    private static final LinearSite QUERY = new LinearSite(1, Projection.QUERY, 48, 48);
    private static final Map<String, Object> ONE_SITE = Map.of("layers", "last-1", "targets", List.of("query"));

    @Test
    void theBasisComesFromTheStartUnlessThePretrainedIsAskedFor() {
        BaseModel start = TINY.model(1);
        BaseModel pretrained = TINY.model(2);
        AdapterContext context = new AdapterContext(start, pretrained, 0);
        Map<String, Object> published = Map.of("layers", "last-1", "targets", List.of("query"), "basis", "pretrained");
        assertThat(firstQ(create(ONE_SITE, context)))
                .isEqualTo(firstQ(create(ONE_SITE, new AdapterContext(start, start, 0))));
        assertThat(firstQ(create(published, context)))
                .isEqualTo(firstQ(create(ONE_SITE, new AdapterContext(pretrained, pretrained, 0))))
                .isNotEqualTo(firstQ(create(ONE_SITE, context)));
    }

    @Test
    void factsTellRankPivotsDiagonalAndEnergies() {
        BaseModel model = TINY.model(1);
        Adapter adapter = create(ONE_SITE, new AdapterContext(model, model, 0));
        PivotedQr qr = PivotedQr.of(model.values(QUERY.weightName()), 48, 48);
        double rank = fact(adapter, "rank").get(0);
        assertThat(rank).isBetween(8.0, 24.0);
        assertThat(fact(adapter, "pivots")).hasSize((int) rank).startsWith((double) qr.pivots()[0]);
        assertThat(fact(adapter, "diagonal")).hasSize((int) rank).startsWith(qr.diagonal()[0]);
        double share =
                fact(adapter, "energy").get(0) / fact(adapter, "total-energy").get(0);
        assertThat(share).isBetween(0.5, 0.5 + 1 / rank);
        assertThat(adapter.facts()).extracting(MethodFact::subject).containsOnly(QUERY.weightName());
    }

    @Test
    void aFixedRankOverridesTau() {
        BaseModel model = TINY.model(1);
        Map<String, Object> given = Map.of("rank", 7, "tau", 0.99, "layers", "last-1", "targets", List.of("query"));
        Adapter adapter = create(given, new AdapterContext(model, model, 0));
        assertThat(fact(adapter, "rank")).containsExactly(7.0);
    }

    @Test
    void aZeroMatrixHasNoDirectionToTrain() {
        BaseModel model = constant(0);
        Adapter adapter = create(ONE_SITE, new AdapterContext(model, model, 0));
        assertThat(adapter.adapts(QUERY)).isFalse();
        assertThat(adapter.added()).isEmpty();
        assertThat(fact(adapter, "rank")).containsExactly(0.0);
        assertThat(adapter.merge(name -> {
                    throw new AssertionError(name + " is asked for");
                }))
                .isEmpty();
    }

    @Test
    void aZeroMatrixAmongOthersIsLeftOutOfTheMergeAlone() {
        BaseModel model = TINY.model(1);
        LinearSite value = new LinearSite(1, Projection.VALUE, 48, 48);
        BaseModel half = with(model, (name, values) -> {
            if (name.equals(QUERY.weightName())) {
                Arrays.fill(values, 0);
            }
        });
        Adapter adapter = create(Map.of("layers", "last-1"), new AdapterContext(half, half, 0));
        int rank = adapter.added().get(2).initial().length;
        assertThat(adapter.adapts(QUERY)).isFalse();
        assertThat(adapter.merge(name -> name.endsWith(".qr_lambda") ? new float[rank] : model.values(name)))
                .containsOnlyKeys(value.weightName());
    }

    @Test
    void aWeightThatIsNotFiniteIsADataFailure() {
        BaseModel model = constant(Float.NaN);
        assertThatThrownBy(() -> create(ONE_SITE, new AdapterContext(model, model, 0)))
                .isInstanceOf(RunFailure.class)
                .hasMessageContaining(QUERY.weightName() + " holds NaN");
    }

    /** dL/d lambda_i = Q_iᵀ G (R Pᵀ)_i with G = dL/dW, from a graph in which W itself trains. */
    @ParameterizedTest
    @EnumSource(Family.class)
    void gradientOfLambdaIsThatOfTheWeightOnTheBasis(Family family) {
        TinyModel tiny = TinyModel.of(family);
        BaseModel model = tiny.model(3);
        Adapter adapter = create(ONE_SITE, new AdapterContext(model, model, 0));
        float[] ofLambda = gradient(tiny, adapter, QUERY.name() + ".qr_lambda");
        float[] ofWeight = gradient(tiny, new WeightTrains(), QUERY.weightName());
        PivotedQr qr = PivotedQr.of(model.values(QUERY.weightName()), 48, 48);
        assertThat(ofLambda).hasSizeGreaterThan(8);
        double largest = 0;
        for (int i = 0; i < ofLambda.length; i++) {
            double expected = 0;
            for (int row = 0; row < 48; row++) {
                for (int column = 0; column < 48; column++) {
                    expected += qr.q(row, i) * ofWeight[row * 48 + qr.pivots()[column]] * qr.r(i, column);
                }
            }
            largest = Math.max(largest, Math.abs(expected));
            assertThat((double) ofLambda[i]).isEqualTo(expected, within(2e-5));
        }
        // The tolerance is rounding, far below what is compared.
        assertThat(largest).isGreaterThan(1e-2);
    }

    private static float[] gradient(TinyModel tiny, Adapter adapter, String name) {
        try (TrainingGraph graph = tiny.graph(adapter, 3)) {
            float[] found = graph.gradients(tiny.batch(5), 9).byParameter().get(name);
            assertThat(found).as(name).isNotNull();
            return found;
        }
    }

    private record WeightTrains() implements Adapter {
        @Override
        public boolean trains(ModelParameter parameter) {
            return parameter.name().equals(QUERY.weightName());
        }
    }

    private static Adapter create(Map<String, Object> given, AdapterContext context) {
        QrLoraMethod method = new QrLoraMethod();
        return method.create(Settings.resolve("test", method.settings(), given), context);
    }

    private static float[] firstQ(Adapter adapter) {
        AddedParameter q = adapter.added().get(0);
        assertThat(q.name()).endsWith(".qr_Q");
        return q.initial();
    }

    private static List<Double> fact(Adapter adapter, String name) {
        return adapter.facts().stream()
                .filter(fact -> fact.name().equals(name))
                .findFirst()
                .orElseThrow()
                .values();
    }

    /** A model whose weights all have one value. */
    private static BaseModel constant(float value) {
        return with(TINY.model(1), (name, values) -> Arrays.fill(values, value));
    }

    /** @param change overwrites the values of a parameter by name */
    private static BaseModel with(BaseModel model, BiConsumer<String, float[]> change) {
        return new BaseModel() {
            @Override
            public ModelShape shape() {
                return model.shape();
            }

            @Override
            public List<ModelParameter> parameters() {
                return model.parameters();
            }

            @Override
            public List<LinearSite> sites() {
                return model.sites();
            }

            @Override
            public float[] values(String parameterName) {
                float[] values = model.values(parameterName);
                change.accept(parameterName, values);
                return values;
            }
        };
    }
}
