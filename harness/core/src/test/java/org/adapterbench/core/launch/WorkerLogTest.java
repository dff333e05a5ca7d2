package org.adapterbench.core.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerLogTest {

    @TempDir
    private Path folder;

    @Test
    void whatAWorkerSaidBeforeItsRunWasNamedBelongsToThatRun() throws InterruptedException {
        WorkerLog log = new WorkerLog(new ByteArrayInputStream("no heap for me\n".getBytes(StandardCharsets.UTF_8)));
        log.expect(folder);

        log.join();

        assertThat(WorkerLog.tail(folder)).isEqualTo("no heap for me");
    }

    @Test
    void aLineFromElsewhereIsFiledThoughStandardErrorHasEnded() throws InterruptedException {
        WorkerLog log = new WorkerLog(new ByteArrayInputStream(new byte[0]));
        log.expect(folder);
        log.join();

        log.add("no heap for me");
        log.join();

        assertThat(WorkerLog.tail(folder)).isEqualTo("no heap for me");
    }
}
