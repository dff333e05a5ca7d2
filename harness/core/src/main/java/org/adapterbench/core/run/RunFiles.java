package org.adapterbench.core.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.adapterbench.api.method.Adapter;
import org.adapterbench.api.method.ModelParameter;
import org.adapterbench.api.record.Outcome;
import org.adapterbench.core.AtomicFile;
import org.adapterbench.core.config.Save;
import org.adapterbench.core.encoder.Model;
import org.adapterbench.core.json.Json;
import org.adapterbench.core.store.PredictionLine;
import org.adapterbench.core.train.Prediction;
import org.adapterbench.core.train.SplitPredictions;
import org.adapterbench.core.train.TrainedParameter;
import org.adapterbench.core.train.TrainingGraph;
import org.adapterbench.core.weights.SafeTensorsWriter;
import org.adapterbench.core.weights.TensorMap;

/** What a finished run leaves in its folder. */
final class RunFiles {

    private static final String ADAPTER = "adapter.safetensors";
    private static final String MODEL = "model.safetensors";
    private static final String PREDICTIONS = "predictions.jsonl";
    private static final String LOG = "worker.log";

    private RunFiles() {}

    /**
     * Writes weights and predictions.
     *
     * @return the names of the files
     */
    static Outcome.Files write(
            RunRequest request, Model start, Adapter adapter, TrainingGraph graph, List<SplitPredictions> predictions) {
        String weights = request.save() == Save.FULL ? MODEL : ADAPTER;
        TensorMap tensors = request.save() == Save.FULL ? merged(start, adapter, graph) : adapterAndHead(start, graph);
        SafeTensorsWriter.write(request.folder().resolve(weights), tensors);
        writePredictions(request.folder().resolve(PREDICTIONS), predictions);
        return new Outcome.Files(weights, PREDICTIONS, LOG);
    }

    /**
     * The head, and every trained tensor of adapter and encoder; but where the whole encoder trained, the head
     * alone, since full weights are kept on request only. What did not train derives from the start.
     */
    private static TensorMap adapterAndHead(Model start, TrainingGraph graph) {
        Set<String> names = new HashSet<>();
        graph.trained().forEach(p -> names.add(p.name()));
        boolean everything = start.parameters().stream().allMatch(p -> p.head() || names.contains(p.name()));
        TensorMap tensors = new TensorMap();
        for (ModelParameter parameter : start.parameters()) {
            if (parameter.head()) {
                tensors.put(parameter.name(), parameter.shape(), graph.value(parameter.name()));
            }
        }
        for (TrainedParameter parameter : graph.trained()) {
            if (!parameter.head() && !everything) {
                tensors.put(parameter.name(), parameter.shape(), graph.value(parameter.name()));
            }
        }
        return tensors;
    }

    /** Size of a safetensors file that holds these parameters and nothing else. */
    static long bytesOf(List<TrainedParameter> trained) {
        Map<String, List<Integer>> shapes = new TreeMap<>();
        trained.forEach(p -> shapes.put(p.name(), p.shape()));
        return SafeTensorsWriter.size(shapes);
    }

    /** All parameters of encoder and head with the adapter folded in. */
    private static TensorMap merged(Model start, Adapter adapter, TrainingGraph graph) {
        Map<String, float[]> folded = adapter.merge(graph::value);
        TensorMap tensors = new TensorMap();
        for (ModelParameter parameter : start.parameters()) {
            float[] values = folded.get(parameter.name());
            tensors.put(parameter.name(), parameter.shape(), values == null ? graph.value(parameter.name()) : values);
        }
        return tensors;
    }

    private static void writePredictions(Path file, List<SplitPredictions> splits) {
        StringBuilder out = new StringBuilder();
        try {
            for (SplitPredictions split : splits) {
                for (Prediction p : split.predictions()) {
                    out.append(Json.line(
                                    new PredictionLine(split.split(), p.id(), p.expected(), p.predicted(), p.scores())))
                            .append('\n');
                }
            }
            // The folder reaches the disk with it, and so does the name of the weights' file written before.
            AtomicFile.write(file, out.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
