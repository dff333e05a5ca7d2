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
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.record.RunSpec;
import org.adapterbench.core.run.NumericsCheck;
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
                NumericsCheck.allowed().contains(Numerics.PORTABLE),
                "SKIPPED: this processor is not x86-64 with AVX2 and FMA");
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
            if (before.isObject()
                    && before.path("runId").equals(entry.getValue().path("runId"))) {
                assertThat(entry.getValue())
                        .as("%s: same run id, other bits: raise RunSpec.RECIPE_VERSION", entry.getKey())
                        .isEqualTo(before);
            }
        });
    }

    private static void run(Path folder, ObjectNode hashes) throws IOException {
        ShortRuns runs = new ShortRuns(folder.resolve("cache"), RESOURCES.resolve("recipe.yaml"));
        runs.execute(runs.planned().keySet()).forEach((variant, outcome) -> {
            ObjectNode entry = hashes.putObject(variant);
            entry.put("runId", runs.planned().get(variant).runId());
            entry.put("start", outcome.start().sha256());
            entry.put("lossCurve", outcome.hashes().lossCurve());
            entry.put("weights", outcome.hashes().weights());
            entry.put("predictions", outcome.hashes().predictions());
        });
    }
}
