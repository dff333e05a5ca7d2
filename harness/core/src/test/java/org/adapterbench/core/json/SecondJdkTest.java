package org.adapterbench.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.adapterbench.api.Sha256;
import org.adapterbench.core.store.Records;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Run ids and numbers in records must not depend on the JDK: {@code Double.toString} does, before JDK 19. */
class SecondJdkTest {

    @Test
    @Tag("second-jdk")
    void anotherJdkWritesTheSameIdsAndNumbers() throws IOException, InterruptedException {
        Path java = Path.of(Objects.toString(System.getenv("SECOND_JDK_HOME"), ""), "bin", "java");
        assumeTrue(Files.isExecutable(java), "SKIPPED: SECOND_JDK_HOME names no JDK");
        Process other = new ProcessBuilder(
                        java.toString(), "-cp", System.getProperty("java.class.path"), Fingerprint.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();

        String text = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(other.waitFor()).isZero();
        assertThat(text.strip()).isEqualTo(Fingerprint.text());
    }

    /** What both must print. */
    static final class Fingerprint {

        private Fingerprint() {}

        public static void main(String[] arguments) {
            System.out.println(text());
        }

        static String text() {
            StringBuilder numbers = new StringBuilder();
            SplittableRandom random = new SplittableRandom(2);
            for (int i = 0; i < 20_000; i++) {
                double wide = Double.longBitsToDouble(random.nextLong());
                float narrow = Float.intBitsToFloat(random.nextInt());
                if (Double.isFinite(wide) && Float.isFinite(narrow)) {
                    numbers.append(CanonicalJson.real(wide)).append(Json.line(List.of(wide, narrow)));
                }
            }
            return RunIds.of(Records.spec("lora", 1)) + " " + Sha256.ofText(numbers.toString());
        }
    }
}
