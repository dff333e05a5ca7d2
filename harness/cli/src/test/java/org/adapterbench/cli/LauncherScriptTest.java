package org.adapterbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell script's own answers, on a copy of the checkout that was never built. */
final class LauncherScriptTest {

    @TempDir
    private Path folder = Path.of("");

    private Path script = Path.of("");

    private record Answer(int code, String out, String err) {}

    @BeforeEach
    void copyTheScript() throws IOException {
        script =
                Files.createDirectories(folder.resolve("check out/harness/bin")).resolve("adapterbench");
        Files.copy(
                Path.of(System.getProperty("adapterbench.root"), "harness/bin/adapterbench"),
                script,
                StandardCopyOption.COPY_ATTRIBUTES);
    }

    private Answer run(Path program, Map<String, String> environment) throws IOException, InterruptedException {
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(program.toString(), "a b", "c")
                .directory(folder.toFile())
                .redirectError(err.toFile());
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().putAll(environment);
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(process.waitFor(), out, Files.readString(err));
    }

    /** A folder that looks like a JDK whose java answers as told. */
    private Path jdk(String answer) throws IOException {
        Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\n" + answer + "\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        return folder.resolve("jdk");
    }

    @Test
    void anUnbuiltCheckoutIsAnsweredWithTheCommandThatBuildsIt() throws Exception {
        Answer answer = run(script, Map.of("JAVA_HOME", System.getProperty("java.home")));

        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.err())
                .isEqualToIgnoringNewLines("adapterbench: not built yet (run `make build` in "
                        + folder.toRealPath().resolve("check out") + ")");
    }

    @Test
    void aJavaHomeWithoutJavaIsNamed() throws Exception {
        Answer answer =
                run(script, Map.of("JAVA_HOME", folder.resolve("nowhere").toString()));

        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.err().lines()).hasSize(1);
        assertThat(answer.err()).contains("nowhere, which has no bin/java");
    }

    @Test
    void anOldJavaIsRefusedByItsVersion() throws Exception {
        Path old = jdk("echo 'openjdk version \"11.0.2\" 2019-01-15' >&2");

        Answer answer = run(script, Map.of("JAVA_HOME", old.toString()));

        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.err()).contains("is version 11.0.2 (a JDK 17 or newer is needed");
    }

    @Test
    void aLinkToTheScriptFindsTheCheckoutAndPassesArgumentsUnchanged() throws Exception {
        Path target = Files.createDirectories(folder.resolve("check out/harness/cli/target/lib"));
        Files.createFile(target.resolveSibling("adapterbench-cli-0.1.0.jar"));
        Path jdk = jdk("[ \"$1\" = -version ] && echo 'openjdk version \"21\"' >&2 && exit\n"
                + "for word in \"$@\"; do echo \"$word\"; done\nexit 4");
        Path link = Files.createSymbolicLink(folder.resolve("ab"), Path.of("check out/harness/bin/adapterbench"));

        Answer answer = run(link, Map.of("JAVA_HOME", jdk.toString(), "ADAPTERBENCH_CACHE", "mine"));

        assertThat(answer.code()).isEqualTo(4);
        assertThat(answer.out().lines())
                .endsWith("org.adapterbench.cli.Main", "a b", "c")
                .contains("-Dadapterbench.root=" + folder.toRealPath().resolve("check out"))
                .contains(
                        "-Dorg.bytedeco.javacpp.cachedir=" + folder.toRealPath().resolve("mine/natives"));
    }
}
