package org.adapterbench.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that {@code verify} and {@code reproduce} share: with what, and where, runs are executed again. */
final class RepetitionOptions {

    @Option(
            names = "--encoder",
            paramLabel = "NAME",
            description =
                    "where the encoder is, if neither its name nor the cache tells: a folder, or hub:name@revision")
    private List<String> encoders = new ArrayList<>();

    @Option(names = "--glue", paramLabel = "FOLDER", description = "GLUE data (default: GLUE_DIR)")
    private @Nullable Path glue;

    @Option(
            names = "--workers",
            paramLabel = "N",
            converter = WorkerCount.class,
            description = "worker processes at a time (default: 1)")
    private int workers = 1;

    @Option(
            names = "--scratch",
            paramLabel = "FOLDER",
            description = "new folder for the repeated runs, which stays (default: a temporary one, kept when runs"
                    + " differ)")
    private @Nullable Path scratch;

    @Option(
            names = "--trust-warmups",
            description = "take warm-up checkpoints from the cache instead of computing them again")
    private boolean trustWarmups;

    Materials materials(Surroundings surroundings, PrintWriter out) {
        return Materials.of(surroundings, glue, out);
    }

    List<String> encoders() {
        return encoders;
    }

    int workers() {
        return workers;
    }

    /** The folder that was named; null for a temporary one. */
    @Nullable
    Path scratch(Surroundings surroundings) {
        return scratch == null ? null : surroundings.folder().resolve(scratch).toAbsolutePath();
    }

    boolean trustWarmups() {
        return trustWarmups;
    }
}
