package org.adapterbench.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.adapterbench.datasets.download.Endpoint;
import org.adapterbench.datasets.glue.GlueDownload;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code glue}: downloads the GLUE files and checks them against the pinned manifest. */
@Command(
        name = "glue",
        description = "Downloads the GLUE files that are missing and checks all of them.",
        mixinStandardHelpOptions = true)
final class GlueCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Option(
            names = "--glue",
            paramLabel = "FOLDER",
            description = "where the files are to be (default: GLUE_DIR, else the cache)")
    private @Nullable Path glue;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    GlueCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Path folder = Objects.requireNonNullElse(
                surroundings.glue(glue), surroundings.cache().data().resolve("glue"));
        new GlueDownload(Endpoint.of(surroundings.environment()), new DownloadLines(out)).run(folder, out::println);
        out.println(folder);
        return ExitCode.DONE;
    }
}
