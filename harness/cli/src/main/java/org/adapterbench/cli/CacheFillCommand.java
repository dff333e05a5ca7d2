package org.adapterbench.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.adapterbench.api.UserError;
import org.adapterbench.api.task.Task;
import org.adapterbench.core.CacheFolder;
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
        Materials materials = Materials.of(surroundings, null);
        List<String> later = new ArrayList<>();
        for (Task task : materials.tasks().all()) {
            try {
                int rows = materials.tasks()
                        .load("cache fill", task.name(), materials.data())
                        .train()
                        .examples()
                        .size();
                out.println("  " + task.name() + ": " + rows + " training examples");
            } catch (UserError needsData) {
                later.add(task.name());
            }
        }
        if (!later.isEmpty()) {
            out.println("  not filled, their data is not here (see `adapterbench doctor`): " + String.join(", ", later));
        }
        return ExitCode.DONE;
    }
}
