package org.adapterbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.adapterbench.core.config.Save;
import org.adapterbench.core.launch.GridCounts;
import org.adapterbench.core.launch.GridSettings;
import org.adapterbench.core.store.RunStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

final class GridExecutionTest {

    @TempDir
    private Path folder = Path.of("");

    private final List<Thread> registered = new ArrayList<>();
    private final StopOnSignal.Hooks hooks = new StopOnSignal.Hooks() {
        @Override
        public void add(Thread hook) {
            registered.add(hook);
        }

        @Override
        public void remove(Thread hook) {
            registered.remove(hook);
        }
    };

    @Test
    void theJvmWaitsUntilWhatIsClosedBeforeTheExecutionIsPutAway() throws InterruptedException, IOException {
        StringWriter lines = new StringWriter();
        Thread hook;
        Path scratch = Files.createDirectory(folder.resolve("scratch"));
        try (GridExecution execution = execution(lines)) {
            assertThat(run(execution, scratch)).isEqualTo(new GridCounts(0, 0, 0, 0));
            hook = registered.get(0);
            // The signal comes after the last run and before the scratch folder is gone.
            hook.start();
            while (hook.getState() != Thread.State.TIMED_WAITING && hook.isAlive()) {
                Thread.onSpinWait();
            }
            assertThat(hook.isAlive()).as("the JVM waits").isTrue();
        }
        hook.join();

        assertThat(lines.toString()).contains("nothing is kept");
        assertThat(registered).isEmpty();
    }

    private GridExecution execution(StringWriter lines) {
        PrintWriter printer = new PrintWriter(lines, true);
        CommandLine command =
                new CommandLine(CommandSpec.create()).setOut(printer).setErr(printer);
        Surroundings surroundings = Surroundings.ofThisProcess();
        return new GridExecution(
                surroundings, Materials.of(surroundings, null, printer), command, "nothing is kept", hooks);
    }

    private static GridCounts run(GridExecution execution, Path output) {
        try (RunStore store = RunStore.openForWriting(output, line -> {})) {
            GridSettings shared =
                    new GridSettings("none", null, Surroundings.ofThisProcess().cache(), Save.ADAPTER, 0, 1);
            return execution.run(shared, store, List.of());
        }
    }
}
