package org.adapterbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the Makefile hands to the program, on a copy in a folder that counts as built. */
final class MakefileTest {

    private static final List<String> MADE = List.of("Makefile", "err", "harness");

    @TempDir
    private Path folder = Path.of("");

    private record Answer(int code, String out, String err) {}

    /**
     * In the program's place: tells its arguments and what it has from the environment, and refuses all but filling the
     * cache.
     */
    @BeforeEach
    void copyTheMakefile() throws IOException {
        Files.copy(Path.of(System.getProperty("adapterbench.root"), "Makefile"), folder.resolve("Makefile"));
        Path program = Files.createDirectories(folder.resolve("harness/bin")).resolve("adapterbench");
        Files.writeString(program, """
                #!/bin/sh
                for word in "$@"; do printf '<%s>\\n' "$word"; done
                [ "$1" = cache ] && exit
                printf 'OUT=<%s>\\nGLUE_DIR=<%s>\\n' "$OUT" "$GLUE_DIR"
                exit 2
                """);
        executable(program);
        Path target = Files.createDirectories(folder.resolve("harness/cli/target"));
        Files.createFile(target.resolve("packaged"));
        Files.createFile(target.resolve("built"));
    }

    private static void executable(Path program) throws IOException {
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** In Maven's place: makes a library, and says that it was called. */
    private Path maven() throws IOException {
        Path maven = Files.createDirectories(folder.resolve("bin")).resolve("mvn");
        Files.writeString(maven, """
                #!/bin/sh
                mkdir -p harness/cli/target/lib
                echo whole > harness/cli/target/lib/encoder.jar
                echo x >> called
                """);
        executable(maven);
        return maven;
    }

    private Answer make(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("make"));
        command.addAll(List.of(arguments));
        Path err = folder.resolve("err");
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectError(err.toFile());
        // These tests are run by make perhaps, whose variables are not meant here.
        List.of("MAKEFLAGS", "MFLAGS", "MAKEOVERRIDES", "MAKELEVEL", "EXPERIMENT", "ENCODER", "ONLY", "WORKERS")
                .forEach(builder.environment()::remove);
        builder.environment().merge("PATH", folder.resolve("bin").toString(), (path, first) -> first + ":" + path);
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(process.waitFor(), out, Files.readString(err));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "smo'ke",
                "it's; touch trodden; '",
                "say \"no\"",
                "$(touch trodden) `touch trodden`",
                "$(shell touch trodden)",
                "$HOME ${HOME} $$",
                "two words",
                "a:b#c%d\\e*",
                "-x"
            })
    void anyTextReachesTheProgramUnharmed(String text) throws Exception {
        Answer answer = make(
                "plan", "EXPERIMENT=" + text, "ENCODER=" + text, "ONLY=" + text, "OUT=" + text, "GLUE_DIR=" + text);

        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.out().lines())
                .containsExactly(
                        "<plan>",
                        "<--encoder=" + text + ">",
                        "<--only=" + text + ">",
                        "<-->",
                        "<" + text + ">",
                        "OUT=<" + text + ">",
                        "GLUE_DIR=<" + text + ">");
        assertThat(answer.err().lines().findFirst()).contains("exit code 2");
        assertThat(files()).isEqualTo(MADE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"help", "fetch-encoder"})
    void whatIsShownOfAnyTextIsThatText(String target) throws Exception {
        String text = "it's \"$(touch trodden)\" `touch trodden` 100%s";

        Answer answer = make(target, "ENCODER=" + text);

        assertThat(answer.out() + answer.err()).contains(text);
        assertThat(files()).isEqualTo(MADE);
    }

    @Test
    void buildAlwaysFillsTheCacheAndCopiesDamagedLibrariesAgain() throws Exception {
        maven();
        Path called = folder.resolve("called");
        Path library = folder.resolve("harness/cli/target/lib/encoder.jar");

        assertThat(make("build").out().lines()).endsWith("<cache>", "<fill>");
        Files.delete(called);

        Answer again = make("build");
        assertThat(again.out().lines()).containsExactly("<cache>", "<fill>");
        assertThat(again.code()).isZero();
        assertThat(called).doesNotExist();

        for (String damaged : List.of("who", "")) {
            Files.writeString(library, damaged);
            assertThat(make("build").out().lines())
                    .startsWith(
                            "The libraries in harness/cli/target/lib are not as they were built: copying them again.")
                    .endsWith("<cache>", "<fill>");
            assertThat(library).hasContent("whole");
            assertThat(called).exists();
        }
        Files.delete(library);
        make("build");
        assertThat(library).hasContent("whole");
    }

    @Test
    void whatIsNotGivenIsNotPassedOn() throws Exception {
        assertThat(make("plan", "ONLY=", "OUT=o").out().lines()).startsWith("<plan>", "<-->", "<quick>", "OUT=<o>");
        assertThat(make("verify", "WORKERS=2", "ENCODER=none").out().lines())
                .startsWith("<verify>", "<--workers=2>", "<-->", "<quick>");
        assertThat(make("glue", "GLUE_DIR=g h").out().lines()).startsWith("<glue>", "<--glue=g h>");
    }
}
