package org.adapterbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The corpus of malformed inputs: each is refused with exit code 2 and exactly the line that {@code
 * malformed-inputs.txt} has for it. With {@code -Dmalformed.update=true} the listing is written anew, to be read
 * line by line.
 */
final class MalformedInputTest {

    private static final String LISTING = "malformed-inputs.txt";
    private static final int FEWEST = 60;
    /** Lists of all names that there are grow with the program. */
    private static final Pattern NAMES = Pattern.compile("(\\(known: |or one of smoke, )[^)]*\\)");

    @TempDir
    private Path folder = Path.of("");

    static Stream<MalformedInput> inputs() {
        return Stream.of(MalformedExperiments.all(), MalformedData.all(), MalformedEncoders.all())
                .flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void isRefusedWithExitCode2AndItsLine(MalformedInput input) throws IOException {
        assertThat(refusal(input, folder)).isEqualTo(listing().get(input.name()));
    }

    @Test
    void theListingHasALineForEachInputAndNoOther() throws IOException {
        List<String> names = inputs().map(MalformedInput::name).toList();
        if (Boolean.getBoolean("malformed.update")) {
            update();
        }
        assertThat(listing().keySet()).containsExactlyElementsOf(names);
        assertThat(names).hasSizeGreaterThanOrEqualTo(FEWEST);
    }

    private static String refusal(MalformedInput input, Path folder) throws IOException {
        input.writeTo(folder);
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Map<String, String> environment = new HashMap<>();
        environment.put("OUT", folder.resolve("out").toString());
        environment.put("GLUE_DIR", folder.resolve(MalformedInput.GLUE).toString());
        if (input.files().keySet().stream().anyMatch(file -> file.startsWith("model/"))) {
            environment.put("ADAPTERBENCH_CACHE", folder.resolve("cache").toString());
        }
        Surroundings surroundings = Surroundings.ofThisProcess().with(environment);
        int code = Main.run(
                surroundings,
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                "plan",
                folder.resolve(MalformedInput.EXPERIMENT).toString());
        String text = NAMES.matcher(err.toString().stripTrailing().replace(folder.toString(), "FOLDER"))
                .replaceAll("$1...)");
        return code == 2 && text.lines().count() == 1 ? text : "exit code " + code + ": " + text + out;
    }

    private static Map<String, String> listing() throws IOException {
        Map<String, String> lines = new LinkedHashMap<>();
        try (InputStream in = MalformedInputTest.class.getResourceAsStream(LISTING)) {
            List<String> all = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            for (int i = 0; i + 1 < all.size(); i += 2) {
                lines.put(all.get(i), all.get(i + 1).strip());
            }
        }
        return lines;
    }

    private static void update() throws IOException {
        List<String> lines = new ArrayList<>();
        for (MalformedInput input : inputs().toList()) {
            Path folder = Files.createTempDirectory("malformed");
            lines.add(input.name());
            lines.add("    " + refusal(input, folder).replaceAll("\\R", " // "));
        }
        Path file = Path.of(
                System.getProperty("adapterbench.root"),
                "harness/cli/src/test/resources",
                MalformedInputTest.class.getPackageName().replace('.', '/'),
                LISTING);
        Files.createDirectories(file.getParent());
        Files.write(file, lines);
    }
}
