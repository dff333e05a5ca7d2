package org.adapterbench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.adapterbench.api.record.Outcome;
import org.adapterbench.api.record.RunSpec;
import org.adapterbench.api.task.DataLocation;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.config.Experiment;
import org.adapterbench.core.config.ExperimentReader;
import org.adapterbench.core.config.Save;
import org.adapterbench.core.grid.Grid;
import org.adapterbench.core.grid.Only;
import org.adapterbench.core.grid.PlannedRun;
import org.adapterbench.core.plugin.MethodCatalog;
import org.adapterbench.core.plugin.TaskCatalog;
import org.adapterbench.core.run.NumericsCheck;
import org.adapterbench.core.run.RunExecutor;
import org.adapterbench.core.run.RunListener;
import org.adapterbench.core.run.RunRequest;
import org.adapterbench.core.weights.EncoderStore;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The promise behind {@link RunSpec#RECIPE_VERSION}: the same spec gives the same bits, on every x86-64
 * machine with AVX2. Where a change of the program changes them on purpose, raise the version and renew the
 * file with {@code -Dgolden.update=true}.
 */
final class RecipeVersionTest {

    private static final Path RESOURCES = Path.of(System.getProperty("adapterbench.root"))
            .resolve("harness/cli/src/test/resources/org/adapterbench/cli");
    private static final Path COMMITTED = RESOURCES.resolve("recipe-hashes.json");

    @Test
    void everyMethodGivesTheCommittedBits(@TempDir Path folder) throws IOException {
        Assumptions.assumeTrue(
                NumericsCheck.processorAllows(), "SKIPPED: this processor is not x86-64 with AVX2 and FMA");
        ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        ObjectNode now = json.createObjectNode();
        now.put("recipeVersion", RunSpec.RECIPE_VERSION);
        run(folder, now);
        if (Boolean.getBoolean("golden.update")) {
            refuseOtherBitsUnderTheSameId(json.readTree(COMMITTED.toFile()), now);
            Files.writeString(COMMITTED, json.writeValueAsString(now) + "\n");
        }
        JsonNode committed = json.readTree(COMMITTED.toFile());
        assertThat(json.writeValueAsString(now))
                .as("results changed: raise RunSpec.RECIPE_VERSION and renew %s", COMMITTED.getFileName())
                .isEqualTo(json.writeValueAsString(committed));
    }

    @Test
    void otherBitsUnderTheSameIdAreNotRenewed() throws IOException {
        ObjectMapper json = new ObjectMapper();
        JsonNode before = json.readTree("{\"recipeVersion\":1,\"lora\":{\"runId\":\"a\",\"weights\":\"x\"}}");
        JsonNode otherBits = json.readTree("{\"recipeVersion\":1,\"lora\":{\"runId\":\"a\",\"weights\":\"y\"}}");
        JsonNode otherRun = json.readTree("{\"recipeVersion\":2,\"lora\":{\"runId\":\"b\",\"weights\":\"y\"}}");

        assertThatThrownBy(() -> refuseOtherBitsUnderTheSameId(before, otherBits))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("lora: same run id, other bits: raise RunSpec.RECIPE_VERSION");
        assertThatCode(() -> refuseOtherBitsUnderTheSameId(before, otherRun)).doesNotThrowAnyException();
        assertThatCode(() -> refuseOtherBitsUnderTheSameId(before, before)).doesNotThrowAnyException();
    }

    /** Else records of old and new bits would meet under one id. */
    private static void refuseOtherBitsUnderTheSameId(JsonNode committed, JsonNode now) {
        now.properties().forEach(entry -> {
            JsonNode before = committed.path(entry.getKey());
            if (before.isObject() && before.path("runId").equals(entry.getValue().path("runId"))) {
                assertThat(entry.getValue())
                        .as("%s: same run id, other bits: raise RunSpec.RECIPE_VERSION", entry.getKey())
                        .isEqualTo(before);
            }
        });
    }

    private static void run(Path folder, ObjectNode hashes) throws IOException {
        CacheFolder cache = withoutWarmups(folder.resolve("cache"));
        MethodCatalog methods = MethodCatalog.installed();
        TaskCatalog tasks = TaskCatalog.installed();
        Experiment experiment = new ExperimentReader(methods, tasks).read(RESOURCES.resolve("recipe.yaml"), List.of());
        Grid grid = new Grid(tasks, methods, new EncoderStore(cache)::open, new DataLocation(null, cache.data()));
        try (RunExecutor executor = new RunExecutor(methods, tasks)) {
            for (PlannedRun run : grid.expand(experiment, Only.everything())) {
                Outcome outcome = executor.execute(request(run, cache, folder), RunListener.silent());
                ObjectNode entry = hashes.putObject(run.variant());
                entry.put("runId", run.runId());
                entry.put("start", outcome.start().sha256());
                entry.put("lossCurve", outcome.hashes().lossCurve());
                entry.put("weights", outcome.hashes().weights());
                entry.put("predictions", outcome.hashes().predictions());
            }
        }
    }

    /** The user's encoders and data, but warm-ups computed anew. */
    private static CacheFolder withoutWarmups(Path root) throws IOException {
        CacheFolder users = CacheFolder.of(System.getenv());
        CacheFolder own = new CacheFolder(root);
        Files.createDirectories(users.encoders());
        Files.createDirectories(users.data());
        Files.createDirectories(root);
        Files.createSymbolicLink(own.encoders(), users.encoders());
        Files.createSymbolicLink(own.data(), users.data());
        return own;
    }

    private static RunRequest request(PlannedRun run, CacheFolder cache, Path folder) {
        return new RunRequest(
                run.runId(),
                run.spec(),
                run.encoder(),
                null,
                cache.root(),
                folder.resolve(run.runId()),
                Save.ADAPTER);
    }
}
