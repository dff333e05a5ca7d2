package org.adapterbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.stream.Stream;
import org.adapterbench.api.record.Numerics;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What a person sees: exit codes, one line of error, help everywhere. */
final class CommandLineTest {

    @TempDir
    private Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Surroundings surroundings = Surroundings.ofThisProcess();

    @BeforeEach
    void ownCache() {
        surroundings = new Surroundings(
                Map.of("ADAPTERBENCH_CACHE", folder.resolve("cache").toString()),
                Path.of(System.getProperty("adapterbench.root")),
                folder,
                0,
                EnumSet.of(Numerics.PORTABLE, Numerics.FAST));
    }

    private int run(String... arguments) {
        return Main.run(surroundings, new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "docter",
                "doctor --verbos",
                "doctor now",
                "list",
                "list task",
                "cache",
                "cache clean",
                "cache clean al",
                "cache lits"
            })
    void badCommandLinesGiveExitCode2AndOneLine(String arguments) {
        int code = run(arguments.isEmpty() ? new String[0] : arguments.split(" "));

        assertThat(code).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).startsWith("adapterbench").containsAnyOf("(known: ", "(allowed: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"report", "verify"})
    void withoutAnExperimentTheDefaultOneIsMeant(String command) {
        assertThat(run(command)).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).contains(Path.of("out", "quick") + " holds no runs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"report", "verify"})
    void aFolderWithRunsAndAnotherPlaceForFoldersAreOneTooMany(String command) throws IOException {
        Path quick = Files.createDirectories(folder.resolve("quick/runs")).getParent();

        assertThat(run(command, quick.toString(), "--out", "elsewhere")).isEqualTo(2);
        assertThat(err.toString())
                .isEqualToIgnoringNewLines("adapterbench: " + command + ": --out elsewhere says where experiments have"
                        + " their folders, but " + quick + " is itself such a folder (allowed: one of the two)");

        err.getBuffer().setLength(0);
        assertThat(run(command, "quick", "--out", "elsewhere")).isEqualTo(2);
        assertThat(err.toString()).contains(folder.resolve("elsewhere/quick") + " holds no runs");
    }

    @Test
    void aMisspeltCommandIsAnsweredWithTheNearest() {
        run("docter");

        assertThat(err.toString()).contains("unknown command 'docter'; did you mean 'doctor'?");
    }

    @Test
    void aMisspeltOptionIsAnsweredWithTheNearest() {
        run("cache", "list", "--hepl");

        assertThat(err.toString()).contains("unknown option '--hepl'; did you mean '--help'?");
    }

    static Stream<String> everyCommand() {
        return names("", AdapterBench.commandLine(Surroundings.ofThisProcess()));
    }

    private static Stream<String> names(String above, CommandLine command) {
        return command.getSubcommands().entrySet().stream().flatMap(entry -> {
            String name = (above + " " + entry.getKey()).strip();
            return Stream.concat(Stream.of(name), names(name, entry.getValue()));
        });
    }

    @ParameterizedTest
    @MethodSource("everyCommand")
    void everyCommandHasHelp(String command) {
        int code = run((command + " --help").split(" "));

        assertThat(code).isZero();
        assertThat(out.toString()).startsWith("Usage: adapterbench " + command);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void cleaningRemovesTheNamedPartAndNothingElse() throws IOException {
        Path warmup =
                Files.createDirectories(folder.resolve("cache/warmups/abc")).resolve("weights");
        Path artifact =
                Files.createDirectories(folder.resolve("cache/artifacts")).resolve("bert.jar");
        Files.write(warmup, new byte[1500]);
        Files.write(artifact, new byte[10]);

        int code = run("cache", "clean", "warmups");

        assertThat(code).isZero();
        assertThat(out.toString()).isEqualToIgnoringNewLines("warmups: 1.5 kB removed");
        assertThat(folder.resolve("cache/warmups")).doesNotExist();
        assertThat(artifact).exists();
    }

    @Test
    void aCacheThatAnExperimentUsesIsNotCleaned() throws IOException {
        Path warmup = Files.createDirectories(folder.resolve("cache/warmups/abc"));

        try (CacheUse use = CacheUse.begin(surroundings.cache())) {
            assertThat(use).isNotNull();
            assertThat(run("cache", "clean", "warmups")).isEqualTo(2);
        }
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString())
                .contains("cache clean: an experiment that is going on uses")
                .contains("(allowed: ");
        assertThat(warmup).exists();

        assertThat(run("cache", "clean", "warmups")).isZero();
        assertThat(warmup).doesNotExist();
    }

    @Test
    void cleaningEverythingLeavesForeignFilesInTheCacheFolder() throws IOException {
        Path foreign = Files.createDirectories(folder.resolve("cache")).resolve("thesis.txt");
        Files.writeString(foreign, "mine");

        run("cache", "clean", "all");

        assertThat(foreign).hasContent("mine");
    }

    @Test
    void aWorkersLeftActivationsAreListedAndRemoved() throws IOException {
        Path left = Files.createDirectories(folder.resolve("cache/activations")).resolve("left");
        Files.write(left, new byte[2000]);

        run("cache", "list");
        assertThat(out.toString().lines()).anyMatch(line -> line.contains("activations") && line.contains("2.0 kB"));
        assertThat(run("cache", "clean", "activations")).isZero();
        assertThat(left).doesNotExist();
        run("cache", "clean", "--help");
        assertThat(out.toString()).contains("warmups, activations,");
    }

    @Test
    void theCacheListAddsUp() throws IOException {
        Files.write(Files.createDirectories(folder.resolve("cache/natives")).resolve("a"), new byte[2000]);
        Files.write(Files.createDirectories(folder.resolve("cache/data/x")).resolve("b"), new byte[3000]);
        Files.createSymbolicLink(folder.resolve("cache/data/x/link"), Path.of("b"));

        run("cache", "list");

        assertThat(out.toString().lines().filter(line -> line.startsWith("together")))
                .singleElement()
                .asString()
                .contains("5.0 kB");
    }
}
