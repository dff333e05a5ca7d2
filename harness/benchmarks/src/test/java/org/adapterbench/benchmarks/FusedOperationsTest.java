package org.adapterbench.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.launch.WorkerProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What TensorFlow's rewriting makes of fast numerics in their own environment, which tests of the engine have not. */
class FusedOperationsTest {

    private static final int LAYERS_OF_MINILM = 6;

    @TempDir
    private Path folder;

    @Test
    void scoresAreScaledAndBiasedByTheirProduct() throws Exception {
        Map<String, String> own = new HashMap<>(System.getenv());
        own.put("OUT", folder.toString());
        Map<String, String> environment =
                new WorkerProfile(Numerics.FAST, Subject.THREADS).environment(own, CacheFolder.of(own));
        Path said = folder.resolve("said");
        Process process = MeasuringProcess.builder(
                        environment, List.of("fast", "profile", "encoder=minilm-l6", "length=12", "steps=1"))
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(process.waitFor()).as(Files.readString(said)).isZero();

        JsonNode rows = new ObjectMapper()
                .readTree(folder.resolve("bench/profile-fast.json").toFile())
                .get("rows");
        for (String pass : List.of("evaluation", "gradients")) {
            assertThat(count(rows, pass, "_MklFusedBatchMatMulV2")).as(pass).isEqualTo(LAYERS_OF_MINILM);
        }
        assertThat(count(rows, "evaluation", "_MklLayerNorm")).isEqualTo(1 + 2 * LAYERS_OF_MINILM);
        assertThat(count(rows, "gradients", "_MklLayerNorm")).isZero();
    }

    private static int count(JsonNode rows, String pass, String operation) {
        int count = 0;
        for (JsonNode row : rows) {
            if (row.get("pass").asText().equals(pass)
                    && row.get("operation").asText().equals(operation)) {
                count += row.get("count").asInt();
            }
        }
        return count;
    }
}
