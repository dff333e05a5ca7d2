package org.adapterbench.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.adapterbench.api.record.Outcome;
import org.adapterbench.core.run.LocalRunExecutor;
import org.adapterbench.core.run.RunExecutor;
import org.adapterbench.core.run.RunListener;
import org.adapterbench.core.run.RunRequest;

/** Executes real runs after it has limited the files that its process may open to a few more than are open. */
public final class FewOpenFiles implements RunExecutor {

    /** Says how many more. */
    static final String VARIABLE = "FEW_OPEN_FILES";

    @Override
    public String tensorflowVersion() {
        return "not loaded";
    }

    @Override
    public Outcome execute(RunRequest request, RunListener listener) {
        limit(Long.parseLong(System.getenv(VARIABLE)));
        try (LocalRunExecutor executor = new LocalRunExecutor()) {
            return executor.execute(request, listener);
        }
    }

    private static void limit(long more) {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            // The stream itself has one of them open.
            long limit = open.count() - 1 + more;
            int code = new ProcessBuilder(
                            "prlimit",
                            "--pid",
                            Long.toString(ProcessHandle.current().pid()),
                            "--nofile=" + limit + ":" + limit)
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException("prlimit: " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {}
}
