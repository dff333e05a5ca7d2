package org.adapterbench.core.config;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.adapterbench.api.damage.Refusal;
import org.adapterbench.api.damage.SpoiltFile;

/** Entry of the fuzzer ({@code make fuzz}) for experiment files. */
public final class ExperimentFuzzer {

    private static final SpoiltFile FILE = new SpoiltFile("experiment.yaml");
    private static final ExperimentReader READER = new ExperimentReader(Fakes.methods(), Fakes.tasks());

    private ExperimentFuzzer() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        read(bytes);
    }

    /** The line of a refusal; empty when the bytes are an experiment. */
    static Optional<String> read(byte[] bytes) {
        Path file = FILE.holding(bytes);
        return Refusal.of(() -> READER.read(file, List.of()));
    }

    /** Sound inputs. */
    public static List<byte[]> seeds() {
        return List.of("""
                name: tiny
                title: A title
                description: >
                  Two lines,
                  one text.
                encoders: [minilm-l6, "bge-small"]
                tasks:
                  - glue/mrpc
                seeds: [1, 2]
                data: {train: 200, evaluation: 100, rule: random}
                warmup: 1
                training:
                  epochs: 1
                  learning-rate: 1e-4
                methods:
                  - full
                  - method: lora
                    label: 'lora-8'
                    settings: {rank: 8, targets: [query, value], layers: last-4}
                    training: {batch-size: 4, head: frozen}
                """.getBytes(StandardCharsets.UTF_8));
    }
}
