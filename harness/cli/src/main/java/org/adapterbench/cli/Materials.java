package org.adapterbench.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import org.adapterbench.api.task.DataLocation;
import org.adapterbench.core.plugin.MethodCatalog;
import org.adapterbench.core.plugin.TaskCatalog;
import org.adapterbench.core.weights.EncoderStore;
import org.jspecify.annotations.Nullable;

/** What experiments are made of on this machine. */
record Materials(MethodCatalog methods, TaskCatalog tasks, EncoderStore encoders, DataLocation data) {

    /**
     * @param glue folder given on the command line, null for the environment's
     * @param out  told of downloads
     */
    static Materials of(Surroundings surroundings, @Nullable Path glue, PrintWriter out) {
        return new Materials(
                MethodCatalog.installed(),
                TaskCatalog.installed(),
                new EncoderStore(
                        surroundings.cache(), surroundings.environment(), new DownloadLines(out), out::println),
                new DataLocation(surroundings.glue(glue), surroundings.cache().data()));
    }
}
