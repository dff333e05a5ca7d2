package org.adapterbench.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Needs a JDK of another version, named by {@code SECOND_JDK_HOME}. */
class SecondJdkReportTest {

    @TempDir
    Path folder;

    @Test
    @Tag("second-jdk")
    void anotherJdkWritesTheSameBytes() throws IOException, InterruptedException {
        Path java = Path.of(Objects.toString(System.getenv("SECOND_JDK_HOME"), ""), "bin", "java");
        assumeTrue(Files.isExecutable(java), "SKIPPED: SECOND_JDK_HOME names no JDK");
        Path here = folder.resolve("here");
        Path there = folder.resolve("there");

        Writer.main(here.toString());
        Process other = new ProcessBuilder(
                        java.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        there.toString())
                .inheritIO()
                .start();

        assertThat(other.waitFor()).isZero();
        for (String name : List.of("runs.csv", "metrics.csv", "summary.csv", "index.html", "numbers.txt")) {
            assertThat(there.resolve(name)).hasSameBinaryContentAs(here.resolve(name));
        }
    }

    /** What both JDKs run. */
    static final class Writer {

        private Writer() {}

        public static void main(String... arguments) throws IOException {
            Path folder = Path.of(arguments[0]);
            Report.write(SyntheticReports.quick(), folder);
            StringBuilder numbers = new StringBuilder();
            SplittableRandom random = new SplittableRandom(3);
            for (int i = 0; i < 5_000; i++) {
                long bits = i % 8 == 0 ? random.nextLong() & 0x7ff0_0000_0000_0000L : random.nextLong();
                numbers.append(Numbers.exact(Double.longBitsToDouble(bits))).append('\n');
            }
            Files.writeString(folder.resolve("numbers.txt"), numbers);
        }
    }
}
