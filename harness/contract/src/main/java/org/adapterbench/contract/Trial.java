package org.adapterbench.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.adapterbench.api.method.Adapter;
import org.adapterbench.api.method.AdapterContext;
import org.adapterbench.api.method.TuningMethod;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.core.Seeds;
import org.adapterbench.core.encoder.Model;
import org.adapterbench.core.train.Batch;
import org.adapterbench.core.train.TrainedParameter;
import org.adapterbench.core.train.TrainingGraph;
import org.tensorflow.proto.GraphDef;

/**
 * What a few training steps did to a tiny model.
 *
 * @param start      logits before the first step
 * @param end        logits after the last step
 * @param before     all values before the first step, by name
 * @param after      all values after the last step, by name
 * @param trained    what the optimizer updated
 * @param graphs     as built, and as executed for scores, for gradients and for an update
 */
record Trial(
        Adapter adapter,
        float[][] start,
        float[][] end,
        Map<String, float[]> before,
        Map<String, float[]> after,
        List<TrainedParameter> trained,
        List<GraphDef> graphs) {

    /** The weights are the same in every trial, so that only the method's and dropout's seeds can differ. */
    static final long MODEL_SEED = 31;

    private static final long EVALUATION_SEED = 1;
    private static final int STEPS = 4;

    /** A model without adapter in which nothing trains. */
    private static final Adapter NONE = new Adapter() {
        @Override
        public boolean trainsHead() {
            return false;
        }
    };

    static Trial run(TuningMethod method, Subject subject, long seed) {
        Adapter adapter = adapter(method, subject, seed);
        try (TrainingGraph graph = subject.tiny().graph(adapter, MODEL_SEED)) {
            Batch evaluation = subject.tiny().batch(EVALUATION_SEED);
            float[][] start = graph.logits(evaluation);
            Map<String, float[]> before = values(graph);
            for (int step = 1; step <= STEPS && !graph.trained().isEmpty(); step++) {
                graph.step(subject.tiny().batch(100 + step), step, 1, Seeds.derive(seed, "dropout." + step));
            }
            float[][] end = graph.logits(evaluation);
            Map<String, float[]> after = values(graph);
            List<GraphDef> graphs = new ArrayList<>(List.of(graph.definition()));
            graphs.addAll(graph.executed(evaluation));
            return new Trial(adapter, start, end, before, after, graph.trained(), graphs);
        }
    }

    static Adapter adapter(TuningMethod method, Subject subject, long seed) {
        Model model = subject.tiny().model(MODEL_SEED);
        return method.create(subject.settings(), new AdapterContext(model, model, Seeds.derive(seed, "adapter")));
    }

    /** Logits of the model with another adapter's freshly built graph and the given values put in. */
    static float[][] logits(Subject subject, Adapter adapter, Map<String, float[]> values) {
        return logits(subject, adapter, values, Numerics.PORTABLE);
    }

    static float[][] logits(Subject subject, Adapter adapter, Map<String, float[]> values, Numerics numerics) {
        try (TrainingGraph graph = subject.tiny().graph(adapter, MODEL_SEED, numerics)) {
            values.forEach(graph::assign);
            return graph.logits(subject.tiny().batch(EVALUATION_SEED));
        }
    }

    /** Logits of the model without any adapter, with the given values put in. */
    static float[][] bareLogits(Subject subject, Map<String, float[]> values) {
        return logits(subject, NONE, values);
    }

    /** The values after training of the parameters that the model has without adapter. */
    Map<String, float[]> baseValues(Subject subject) {
        Map<String, float[]> base = new TreeMap<>();
        subject.tiny().model(MODEL_SEED).parameters().forEach(p -> base.put(p.name(), value(after, p.name())));
        return base;
    }

    static float[] value(Map<String, float[]> values, String name) {
        float[] found = values.get(name);
        if (found == null) {
            throw new IllegalArgumentException("no parameter '" + name + "'");
        }
        return found;
    }

    private static Map<String, float[]> values(TrainingGraph graph) {
        Map<String, float[]> values = new TreeMap<>();
        graph.names().forEach(name -> values.put(name, graph.value(name)));
        return values;
    }
}
