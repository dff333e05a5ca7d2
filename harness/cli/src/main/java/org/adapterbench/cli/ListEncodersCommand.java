package org.adapterbench.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.adapterbench.core.weights.CatalogueEntry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code list encoders}: those with a name of their own, and how others are named. */
@Command(
        name = "encoders",
        description = "The encoders that have a name, whether they are usable here, and how to name others.",
        mixinStandardHelpOptions = true)
final class ListEncodersCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    ListEncodersCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        List<CatalogueEntry> catalogue =
                Materials.of(surroundings, null, out).encoders().catalogue();
        Text.columns(catalogue.stream()
                        .map(entry -> List.of(
                                entry.name(),
                                entry.summary(),
                                entry.usable() ? "usable" : "not here; " + entry.remedy()))
                        .toList())
                .forEach(out::println);
        out.println("Others: a Hugging Face folder by its path (./roberta-base), or a model of the Hugging Face hub");
        out.println("(hub:roberta-base, hub:roberta-base@REVISION), which is downloaded at its first use.");
        return ExitCode.DONE;
    }
}
