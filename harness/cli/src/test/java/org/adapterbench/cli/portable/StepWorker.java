package org.adapterbench.cli.portable;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.adapterbench.api.method.Adapter;
import org.adapterbench.api.method.ModelParameter;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.encoder.Model;
import org.adapterbench.core.encoder.ModelLayout;
import org.adapterbench.core.run.NumericsCheck;
import org.adapterbench.core.tokenize.Tokens;
import org.adapterbench.core.train.Batch;
import org.adapterbench.core.train.EncodedExample;
import org.adapterbench.core.train.TrainingGraph;
import org.adapterbench.core.weights.EncoderAssets;
import org.adapterbench.core.weights.EncoderStore;

/** Takes a training step of an encoder at each line of its input, and prints the wall and processor seconds of it. */
final class StepWorker {

    private static final int ROWS = 32;
    private static final int LENGTH = 60;

    private static final Adapter EVERYTHING = new Adapter() {
        @Override
        public boolean trains(ModelParameter parameter) {
            return true;
        }
    };

    private StepWorker() {}

    /** @param arguments encoder and numerics of the session; the environment is the process's */
    public static void main(String[] arguments) throws IOException {
        EncoderAssets assets = new EncoderStore(CacheFolder.of(System.getenv())).open(arguments[0]);
        Model model = new Model(
                new ModelLayout(assets.config(), SweptTraining.CLASSES.outputs()), assets.weights(), 1);
        int[] ids = IntStream.rangeClosed(1_001, 1_000 + LENGTH).toArray();
        EncodedExample example = new EncodedExample("e", new Tokens(ids, new int[LENGTH]), 0);
        Batch batch = Batch.of(List.of(example), new int[ROWS], ROWS, LENGTH, assets.config());
        Numerics numerics = Numerics.valueOf(arguments[1]);
        try (TrainingGraph graph = new TrainingGraph(
                        model,
                        EVERYTHING,
                        SweptTraining.CLASSES,
                        SweptTraining.spec(ROWS, LENGTH),
                        numerics,
                        NumericsCheck.PORTABLE_THREADS);
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (int step = 1; in.readLine() != null; step++) {
                long wall = System.nanoTime();
                long processor = processorNanos();
                graph.step(batch, step, 1e-3, step);
                System.out.println(String.format(
                        Locale.ROOT,
                        "step %f %f",
                        (System.nanoTime() - wall) * 1e-9,
                        (processorNanos() - processor) * 1e-9));
            }
        }
    }

    private static long processorNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
