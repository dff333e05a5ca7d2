package org.adapterbench.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a command refuses is told in one line with code 2, and leaves earlier results as they are. */
class RefusedInputTest {

    /** What TensorFlow and the logging facade say of themselves. */
    private static final Pattern LIBRARIES = Pattern.compile("SLF4J|WARNING: All log messages before absl|I0000 ");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            shares | encoders=bge-smal | unknown encoder 'bge-smal'; did you mean 'bge-small'?
            shares | lengths=abc | bench shares: lengths=abc (allowed: a whole number from 1 to 100000)
            plan | encoders=nope | unknown encoder 'nope'
            scale | runs=10 | bench scale: runs=10 (allowed: a multiple of 50)
            micro | only=[ | bench micro: BENCH=[ (allowed: a regular expression
            micro | only=NoSuchBenchmark | bench micro: BENCH=NoSuchBenchmark (allowed: a regular expression
            micro | quick=yes | bench micro: QUICK=yes (allowed: 1, or nothing)
            """)
    void oneLineAndNothingOverwritten(String command, String option, String line) throws Exception {
        Path results = Files.createDirectories(folder.resolve("bench"));
        Path earlier = Files.writeString(results.resolve(command + "-fast.json"), "earlier");
        Path some = Files.writeString(results.resolve("micro-some-fast.json"), "earlier");
        Path runs = Files.writeString(
                Files.createDirectories(results.resolve("plan")).resolve("kept"), "earlier");

        List<String> said = refused(folder, command, option);

        assertThat(said).hasSize(1);
        assertThat(said.get(0)).startsWith(line);
        assertThat(earlier).hasContent("earlier");
        assertThat(some).hasContent("earlier");
        assertThat(runs).hasContent("earlier");
    }

    @ParameterizedTest
    @CsvSource({"shares", "micro", "scale"})
    void aFileForTheFolderOfResultsIsRefused(String command) throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThat(refused(file, command, ""))
                .singleElement()
                .asString()
                .contains(file.resolve("bench") + ": cannot be written")
                .contains("allowed for OUT: a folder that can");
    }

    private List<String> refused(Path out, String command, String option) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-D" + MeasuringProcess.MEASURING + "=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Bench.class.getName(),
                        "fast",
                        command,
                        option)
                .redirectErrorStream(true);
        builder.environment().put("OUT", out.toString());
        builder.environment().put("ADAPTERBENCH_CACHE", folder.resolve("cache").toString());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(2);
        return said.lines().filter(each -> !LIBRARIES.matcher(each).lookingAt()).toList();
    }
}
