package org.adapterbench.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.adapterbench.api.UserError;
import org.adapterbench.api.task.DataLocation;
import org.adapterbench.api.task.Task;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.plugin.TaskCatalog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code cache fill}: unpacks and builds everything now, so that nothing needs the network or time later. */
@Command(
        name = "fill",
        description = "Unpacks libraries and weights and builds the embedded tasks.",
        mixinStandardHelpOptions = true)
final class CacheFillCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    CacheFillCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        CacheFolder cache = surroundings.cache();
        out.println("Filling the cache at " + cache.root());
        Probe.Found found = new Probe(surroundings).run();
        out.println("  TensorFlow " + found.tensorflow());
        DataLocation location = new DataLocation(surroundings.glue(null), cache.data());
        TaskCatalog tasks = TaskCatalog.installed();
        for (Task task : tasks.all()) {
            out.println("  " + task.name() + ": " + load(tasks, task, location));
        }
        return ExitCode.DONE;
    }

    private static String load(TaskCatalog tasks, Task task, DataLocation location) {
        try {
            int rows = tasks.load("cache fill", task.name(), location)
                    .train()
                    .examples()
                    .size();
            return rows + " training examples";
        } catch (UserError needsData) {
            return "later (" + needsData.getMessage() + ")";
        }
    }
}
