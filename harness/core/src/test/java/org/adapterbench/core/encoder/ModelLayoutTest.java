package org.adapterbench.core.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.adapterbench.api.method.ModelParameter;
import org.adapterbench.core.weights.EncoderConfig;
import org.adapterbench.core.weights.EncoderConfig.Activation;
import org.adapterbench.core.weights.EncoderConfig.Family;
import org.adapterbench.core.weights.EncoderTensors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModelLayoutTest {

    /** What is asked of a checkpoint is what the graph is made of: each tensor by its name and shape. */
    @ParameterizedTest
    @EnumSource(Family.class)
    void theGraphsParametersAreTheTensorsOfACheckpoint(Family family) {
        EncoderConfig config = new EncoderConfig(family, 101, 24, 3, 2, 40, 17, 5, 1e-12, Activation.GELU, 0);
        ModelLayout layout = new ModelLayout(config, 2);
        SortedMap<String, List<Integer>> encoder = new TreeMap<>();
        SortedMap<String, List<Integer>> head = new TreeMap<>();
        for (ModelParameter parameter : layout.parameters()) {
            (parameter.head() ? head : encoder).put(parameter.name(), parameter.shape());
        }
        EncoderTensors tensors = EncoderTensors.of(config);

        assertThat(encoder).isEqualTo(tensors.required());
        assertThat(head).containsAllEntriesOf(tensors.optional());
        assertThat(tensors.optional()).hasSize(family == Family.BERT ? 2 : 0);
    }
}
