package org.adapterbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.adapterbench.api.method.TuningMethod;
import org.adapterbench.core.plugin.MethodCatalog;
import org.junit.jupiter.api.Test;

/** Class dependencies are one way to favour a method; a name in quotes is another. */
final class NoMethodNamedTest {

    private static final Path ROOT = Path.of(System.getProperty("adapterbench.root"));

    @Test
    void engineDataSetsAndReportsNameNoMethodInQuotes() throws IOException {
        // "full" is also a word of the record's own (save: full), so it proves nothing.
        List<String> names = MethodCatalog.installed().all().stream()
                .map(TuningMethod::name)
                .filter(name -> !name.equals("full"))
                .toList();
        assertThat(names).isNotEmpty();
        List<String> found = new ArrayList<>();
        for (Path source : sources()) {
            String text = Files.readString(source, StandardCharsets.UTF_8);
            for (String name : names) {
                if (text.contains("\"" + name + "\"")) {
                    found.add(ROOT.relativize(source) + " names " + name);
                }
            }
        }
        assertThat(found).isEmpty();
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String folder :
                List.of("harness/api", "harness/core", "harness/benchmarks", "harness/cli", "datasets", "reports")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
                files.filter(file -> file.toString().contains("/src/main/"))
                        .filter(file -> file.toString().endsWith(".java")
                                || file.toString().endsWith(".jte"))
                        .forEach(sources::add);
            }
        }
        assertThat(sources).hasSizeGreaterThan(50);
        return sources;
    }
}
