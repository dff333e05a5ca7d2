package org.adapterbench.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.launch.TensorFlowProcess;
import org.adapterbench.core.launch.WorkerProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What TensorFlow's rewriting makes of fast numerics in their own environment, which tests of the engine have not. */
class FusedOperationsTest {

    private static final int LAYERS_OF_MINILM = 6;
    private static final int LAYERS_OF_TINY_BERT = 2;

    /** Of the engine's tests. */
    private static final Path TINY_BERT = Path.of("../core/src/test/resources/org/adapterbench/core/encoder/tiny-bert");

    /** Scores of about 1, and rounding of two layers. */
    private static final float SCORE_TOLERANCE = 1e-5f;

    @TempDir
    private Path folder;

    @Test
    void scoresAreScaledAndBiasedByTheirProduct() throws Exception {
        JsonNode rows = profile("minilm-l6", 12);

        for (String pass : List.of("evaluation", "gradients")) {
            assertThat(count(rows, pass, "_MklFusedBatchMatMulV2")).as(pass).isEqualTo(LAYERS_OF_MINILM);
        }
        assertThat(count(rows, "evaluation", "_MklLayerNorm")).isEqualTo(1 + 2 * LAYERS_OF_MINILM);
        assertThat(count(rows, "gradients", "_MklLayerNorm")).isZero();
    }

    /** GELU needs its maps on the way back alone. The head's tanh remains. */
    @Test
    void anEvaluationsGeluIsPartOfItsProduct() throws Exception {
        JsonNode exact = profile("minilm-l6", 12);
        assertThat(count(exact, "evaluation", "Erf")).isZero();
        assertThat(count(exact, "gradients", "Erf")).isEqualTo(LAYERS_OF_MINILM);

        String tinyBert = tinyBertWithGeluByTanh().toString();
        JsonNode byTanh = profile(tinyBert, 12);
        assertThat(count(byTanh, "evaluation", "Tanh")).isLessThanOrEqualTo(1);
        assertThat(count(byTanh, "gradients", "Tanh")).isGreaterThanOrEqualTo(LAYERS_OF_TINY_BERT);
        float[] byFormula = scores(tinyBert, false);
        assertThat(byFormula).hasSize(2 * Subject.ROWS);
        assertThat(scores(tinyBert, true)).containsExactly(byFormula, within(SCORE_TOLERANCE));
    }

    /** @param oneDnn as in a worker, or else without the operation */
    private float[] scores(String encoder, boolean oneDnn) throws IOException, InterruptedException {
        Map<String, String> own = System.getenv();
        Map<String, String> environment =
                new WorkerProfile(Numerics.FAST, Subject.THREADS).environment(own, CacheFolder.of(own));
        if (!oneDnn) {
            environment.put("TF_ENABLE_ONEDNN_OPTS", "0");
        }
        List<String> command = new ArrayList<>(TensorFlowProcess.java(CacheFolder.of(environment), "1g"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ScoresMain.class.getName(), encoder));
        Path said = folder.resolve("said");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        assertThat(builder.start().waitFor()).as(Files.readString(said)).isZero();
        List<Float> scores = Files.readAllLines(said).stream()
                .filter(line -> line.startsWith("score "))
                .map(line -> Float.valueOf(line.substring("score ".length())))
                .toList();
        float[] all = new float[scores.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = scores.get(i);
        }
        return all;
    }

    private Path tinyBertWithGeluByTanh() throws IOException {
        Path encoder = Files.createDirectories(folder.resolve("tiny-bert"));
        for (String file : List.of("model.safetensors", "vocab.txt")) {
            Files.copy(TINY_BERT.resolve(file), encoder.resolve(file));
        }
        String config = Files.readString(TINY_BERT.resolve("config.json"));
        assertThat(config).contains("\"hidden_act\": \"gelu\"");
        Files.writeString(encoder.resolve("config.json"), config.replace("\"gelu\"", "\"gelu_new\""));
        return encoder;
    }

    private JsonNode profile(String encoder, int length) throws IOException, InterruptedException {
        Map<String, String> own = new HashMap<>(System.getenv());
        own.put("OUT", folder.toString());
        Map<String, String> environment =
                new WorkerProfile(Numerics.FAST, Subject.THREADS).environment(own, CacheFolder.of(own));
        Path said = folder.resolve("said");
        Process process = MeasuringProcess.builder(
                        environment, List.of("fast", "profile", "encoder=" + encoder, "length=" + length, "steps=1"))
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(process.waitFor()).as(Files.readString(said)).isZero();

        return new ObjectMapper()
                .readTree(folder.resolve("bench/profile-fast.json").toFile())
                .get("rows");
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
