package org.adapterbench.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.adapterbench.api.UserError;
import org.adapterbench.api.task.Task;
import org.adapterbench.api.task.TextInput;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.ClassPathJars;
import org.adapterbench.core.tokenize.HuggingFaceTextTokenizer;
import org.adapterbench.core.tokenize.TextTokenizer;
import org.adapterbench.core.weights.CatalogueEntry;
import org.adapterbench.core.weights.EncoderAssets;
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
        CacheAccess.require(cache);
        ClassPathJars.damage().ifPresent(damage -> {
            throw new UserError("cache fill: " + damage);
        });
        out.println("Filling the cache at " + cache.root());
        Probe.Found found = new Probe(surroundings).require("cache fill");
        out.println("  TensorFlow " + found.tensorflow());
        Materials materials = Materials.of(surroundings, null, out);
        fillEncoders(materials, out);
        fillTasks(materials, out);
        return ExitCode.DONE;
    }

    private static void fillEncoders(Materials materials, PrintWriter out) {
        for (CatalogueEntry encoder : materials.encoders().catalogue()) {
            if (encoder.usable()) {
                EncoderAssets assets = materials.encoders().open(encoder.name());
                // Its first use unpacks the tokenizer's native library.
                try (TextTokenizer tokenizer = HuggingFaceTextTokenizer.open(assets)) {
                    tokenizer.encode(List.of(new TextInput("any", "any", null)), 8);
                }
                out.println("  " + encoder.name() + ": " + encoder.summary());
            }
        }
    }

    private static void fillTasks(Materials materials, PrintWriter out) {
        List<String> later = new ArrayList<>();
        for (Task task : materials.tasks().all()) {
            try {
                int rows = materials
                        .tasks()
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
            out.println(
                    "  not filled, their data is not here (see `adapterbench doctor`): " + String.join(", ", later));
        }
    }
}
