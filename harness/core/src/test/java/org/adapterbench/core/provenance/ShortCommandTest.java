package org.adapterbench.core.provenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** The programs that do not answer go on for far longer than a test may take. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class ShortCommandTest {

    private static final Duration SHORT = Duration.ofMillis(100);

    @TempDir
    Path folder;

    @Test
    void anAnswerIsStrippedAndMayBeLongerThanAPipeHolds() {
        assertThat(ShortCommand.run(folder, "sh", "-c", "echo ' a b '")).contains("a b");
        assertThat(ShortCommand.run(folder, "sh", "-c", "head -c 300000 /dev/zero | tr '\\0' x; pwd"))
                .hasValueSatisfying(text ->
                        assertThat(text).hasSizeGreaterThan(300_000).endsWith(String.valueOf(folder.getFileName())));
    }

    @Test
    void aProgramThatSaysNothingIsEnded() {
        assertThat(ShortCommand.run(SHORT, folder, "sleep", "601.25")).isEmpty();
        ended("601.25");
    }

    @Test
    void aProgramThatEndsItsAnswerButNotItselfIsEnded() {
        assertThat(ShortCommand.run(SHORT, folder, "sh", "-c", "echo a; exec >&-; exec sleep 602.25"))
                .isEmpty();
        ended("602.25");
    }

    @Test
    void aProgramThatFailsOrIsNotThereHasNoAnswer() {
        assertThat(ShortCommand.run(folder, "sh", "-c", "echo a; exit 3")).isEmpty();
        assertThat(ShortCommand.run(folder, "no-such-program-here")).isEmpty();
    }

    /** Waits for the end of a program by a word of its command line. */
    private static void ended(String word) {
        ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().commandLine().orElse("").contains(word))
                .forEach(process -> process.onExit().join());
    }
}
