package org.adapterbench.methods.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.adapterbench.api.method.Adapter;
import org.adapterbench.api.method.AdapterContext;
import org.adapterbench.api.method.AddedParameter;
import org.adapterbench.api.method.BaseModel;
import org.adapterbench.api.method.ModelParameter;
import org.adapterbench.api.method.Settings;
import org.adapterbench.contract.TinyModel;
import org.adapterbench.core.train.TrainingGraph;
import org.adapterbench.core.weights.EncoderConfig.Family;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The factors' gradients against that of the weight itself. */
final class LoraGradientTest {

    private static final String SITE = "encoder.layer.1.attention.self.value";

    /** dL/dB = s G Aᵀ and dL/dA = s Bᵀ G = 0 at B = 0, with G = dL/dW from a graph in which W itself trains. */
    @ParameterizedTest
    @EnumSource(Family.class)
    void gradientsAtTheStartAreTheWeightsOnTheFactors(Family family) {
        TinyModel tiny = TinyModel.of(family);
        BaseModel model = tiny.model(3);
        LoraMethod method = new LoraMethod();
        Map<String, Object> given = Map.of("rank", 4, "alpha", 6, "layers", "last-1", "targets", List.of("value"));
        Adapter adapter =
                method.create(Settings.resolve("test", method.settings(), given), new AdapterContext(model, model, 1));
        float[] a = adapter.added().stream()
                .filter(parameter -> parameter.name().equals(SITE + ".lora_A"))
                .map(AddedParameter::initial)
                .findFirst()
                .orElseThrow();
        float[] ofWeight = gradients(tiny, new WeightTrains()).get(SITE + ".weight");
        Map<String, float[]> ofFactors = gradients(tiny, adapter);
        assertThat(ofFactors.get(SITE + ".lora_A")).containsOnly(0);
        float[] ofB = ofFactors.get(SITE + ".lora_B");
        double largest = 0;
        for (int i = 0; i < 48; i++) {
            for (int k = 0; k < 4; k++) {
                double expected = 0;
                for (int j = 0; j < 48; j++) {
                    expected += 1.5 * ofWeight[i * 48 + j] * a[k * 48 + j];
                }
                largest = Math.max(largest, Math.abs(expected));
                assertThat((double) ofB[i * 4 + k]).isEqualTo(expected, within(1e-5));
            }
        }
        // The tolerance is rounding, far below what is compared.
        assertThat(largest).isGreaterThan(1e-2);
    }

    private static Map<String, float[]> gradients(TinyModel tiny, Adapter adapter) {
        try (TrainingGraph graph = tiny.graph(adapter, 3)) {
            return graph.gradients(tiny.batch(5), 9).byParameter();
        }
    }

    private record WeightTrains() implements Adapter {
        @Override
        public boolean trains(ModelParameter parameter) {
            return parameter.name().equals(SITE + ".weight");
        }
    }
}
