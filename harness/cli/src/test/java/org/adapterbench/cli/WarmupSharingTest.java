package org.adapterbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.record.Outcome;
import org.adapterbench.core.run.NumericsCheck;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One warm-up serves all methods, whichever comes first and whatever their own training says. */
final class WarmupSharingTest {

    private static final String EXPERIMENT = """
            name: sharing
            encoders: [minilm-l6]
            tasks: [wordnet/accept]
            seeds: [1]
            data: {train: 64, evaluation: 16}
            warmup: {epochs: 1, max-length: 24}
            training: {epochs: 1, max-length: 24}
            methods:
              - {method: head-only, label: short, training: {max-length: 8}}
              - {method: head-only, label: long}
              - {method: head-only, label: chosen, training: {checkpoint: best, selection-examples: 32}}
            """;

    @Test
    void orderAndTheMethodsOwnTrainingLeaveTheSharedStartAsItIs(@TempDir Path folder) throws IOException {
        Assumptions.assumeTrue(
                NumericsCheck.allowed().contains(Numerics.PORTABLE),
                "SKIPPED: this processor is not x86-64 with AVX2 and FMA");
        Files.writeString(folder.resolve("sharing.yaml"), EXPERIMENT);

        Map<String, Outcome> forward = run(folder, "forward", List.of("short", "long", "chosen"));
        Map<String, Outcome> backward = run(folder, "backward", List.of("chosen", "long", "short"));

        for (String label : List.of("short", "long", "chosen")) {
            assertThat(backward.get(label).hashes())
                    .isEqualTo(forward.get(label).hashes());
        }
        assertThat(start(forward, "short")).isEqualTo(start(forward, "long"));
        assertThat(forward.get("short").hashes().predictions())
                .isNotEqualTo(forward.get("long").hashes().predictions());
        // A slice that chooses an epoch has not trained the warm-up, which is therefore another one.
        assertThat(start(forward, "chosen")).isNotEqualTo(start(forward, "long"));
        try (Stream<Path> warmups = Files.list(folder.resolve("forward/warmups"))) {
            assertThat(warmups.filter(f -> f.toString().endsWith(".safetensors")))
                    .hasSize(2);
        }
    }

    private static String start(Map<String, Outcome> outcomes, String label) {
        return outcomes.get(label).start().sha256();
    }

    private static Map<String, Outcome> run(Path folder, String cacheName, List<String> order) throws IOException {
        return new ShortRuns(folder.resolve(cacheName), folder.resolve("sharing.yaml")).execute(order);
    }
}
