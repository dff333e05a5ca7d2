package org.adapterbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.adapterbench.core.Seeds;
import org.junit.jupiter.api.Test;

/** Every random stream of a run, in one list that the sources are held to. */
final class SeedAuditTest {

    private static final Path ROOT = Path.of(System.getProperty("adapterbench.root"));

    /** {@code Seeds.derive(seed, purpose)}: the purpose as the source has it. */
    private static final Pattern DERIVED = Pattern.compile("Seeds\\.derive\\(\\s*([^,]+),\\s*((?:[^()]|\\(\\))+)\\)");

    /** A generator that is made, whatever its algorithm. */
    private static final Pattern GENERATOR =
            Pattern.compile("Seeds\\.generator\\(|RandomGeneratorFactory\\.[^;]*?create\\(|new SplittableRandom\\(");

    @Test
    void thePurposesThatSeedsAreDerivedForAreThese() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path source : sources()) {
            Matcher derived = DERIVED.matcher(Files.readString(source, StandardCharsets.UTF_8));
            while (derived.find()) {
                found.add(source.getFileName() + ": " + derived.group(2).strip() + " from "
                        + derived.group(1).strip());
            }
        }
        assertThat(found)
                .as("a new purpose needs a name of its own, and an entry here and in the README of the harness")
                .containsExactlyInAnyOrder(
                        // Values of a new head, one stream a parameter.
                        "Execution.java: \"head\" from spec.seed()",
                        "Model.java: parameter.name() from initSeed",
                        // What a method draws; the methods' own streams derive from it.
                        "Execution.java: \"adapter\" from spec.seed()",
                        // Order of the batches; the stage is warm-up or train.
                        "Trainer.java: stage + \".shuffle.\" + epoch from seed",
                        // Dropout masks of one step, one stream a place in the graph.
                        "Trainer.java: stage + \".dropout.\" + step from seed",
                        // Those of the parts of a batch behind the first, where it is cut.
                        "TrainingGraph.java: \"part.\" + part from batchSeed");
    }

    @Test
    void generatorsAreMadeNowhereElse() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path source : sources()) {
            if (GENERATOR
                    .matcher(Files.readString(source, StandardCharsets.UTF_8))
                    .find()) {
                found.add(source.getFileName().toString());
            }
        }
        assertThat(found)
                .as("a new generator needs a derived seed, and an entry here")
                .containsExactlyInAnyOrder("Seeds.java", "Model.java", "Trainer.java", "KaimingUniform.java");
    }

    @Test
    void noTwoPurposesShareASeedAndEveryRunSeedChangesThemAll() {
        Set<Long> derived = new HashSet<>();
        int count = 0;
        for (long seed = 0; seed < 20; seed++) {
            List<String> purposes = new ArrayList<>(List.of("head", "adapter"));
            for (String stage : List.of("warm-up", "train")) {
                for (int i = 1; i <= 100; i++) {
                    purposes.add(stage + ".shuffle." + i);
                    purposes.add(stage + ".dropout." + i);
                }
            }
            for (String purpose : purposes) {
                count++;
                derived.add(Seeds.derive(seed, purpose));
            }
            for (int step = 1; step <= 100; step++) {
                count++;
                derived.add(Seeds.derive(Seeds.derive(seed, "train.dropout." + step), "part.1"));
            }
        }
        assertThat(derived).hasSize(count);
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String folder : List.of("harness/api", "harness/core", "harness/cli", "methods", "datasets", "reports")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
                files.filter(file -> file.toString().contains("/src/main/"))
                        .filter(file -> file.toString().endsWith(".java"))
                        .forEach(sources::add);
            }
        }
        assertThat(sources).hasSizeGreaterThan(100);
        return sources;
    }
}
