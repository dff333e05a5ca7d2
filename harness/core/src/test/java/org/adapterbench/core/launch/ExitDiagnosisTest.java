package org.adapterbench.core.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.adapterbench.api.FailureKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitDiagnosisTest {

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            137, true,  -,                     OUT_OF_MEMORY, the operating system killed the worker
            137, false, -,                     CRASHED,       signal 9 (SIGKILL)
            139, true,  -,                     CRASHED,       signal 11 (SIGSEGV)
            134, false, abort,                 CRASHED,       signal 6 (SIGABRT)
            134, false, what():  std::bad_alloc, OUT_OF_MEMORY, signal 6 (SIGABRT)
            1,   false, There is insufficient memory for the Java Runtime Environment to continue, OUT_OF_MEMORY, exit code 1
            1,   false, java.io.IOException: Too many open files, ENVIRONMENT, exit code 1
            137, false, java.io.IOException: Too many open files, CRASHED, signal 9 (SIGKILL)
            0,   false, -,                     CRASHED,       exit code 0
            160, false, -,                     CRASHED,       signal 32 (?)
            """)
    void theWayAWorkerDiesDecidesTheKind(
            int exit, boolean killedByKernel, String log, FailureKind kind, String message) {
        var failure = ExitDiagnosis.of(exit, null, log, killedByKernel);

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.message()).contains(message);
        assertThat(failure.logTail()).isEqualTo(log);
    }

    @Test
    void theCountOfKernelKillsIsSummedOverWhatCanBeRead(@TempDir Path folder) throws IOException {
        Path group = Files.writeString(folder.resolve("memory.events"), "low 0\noom 7\noom_kill 3\noom_group_kill 9\n");
        Path machine = Files.writeString(folder.resolve("vmstat"), "nr_free_pages 12\noom_kill 5\n");

        assertThat(new OutOfMemoryKills(List.of(group, machine, folder.resolve("absent"))).count())
                .isEqualTo(8);
    }
}
