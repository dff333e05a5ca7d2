package org.adapterbench.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.adapterbench.api.UserError;
import org.adapterbench.core.config.ExperimentReader;
import org.jspecify.annotations.Nullable;

/** Finds the folder with an experiment's runs by whatever a user calls it. */
final class OutputFolder {

    private final String command;
    private final Surroundings surroundings;
    private final Materials materials;

    /** @param command the command that asks, for messages */
    OutputFolder(String command, Surroundings surroundings, Materials materials) {
        this.command = command;
        this.surroundings = surroundings;
        this.materials = materials;
    }

    /**
     * A folder that holds runs is itself meant; else what stands in OUT under the experiment's name.
     *
     * @param experiment name, YAML file, or output folder
     * @param out        given on the command line, else null
     * @throws UserError when there are no runs
     */
    Path find(String experiment, @Nullable Path out) {
        Path given = surroundings.folder().resolve(experiment).normalize();
        boolean name = experiment.matches("[a-z0-9-]+");
        // With --out, a name is that of an experiment there, whatever the working folder holds.
        if (holdsRuns(given) && !(name && out != null)) {
            if (out != null) {
                throw new UserError(command + ": --out " + out + " says where experiments have their folders, but "
                        + given + " is itself such a folder (allowed: one of the two)");
            }
            return given;
        }
        Path all = surroundings.out(out);
        Path chosen = given;
        if (Files.isRegularFile(given)) {
            ExperimentReader reader = new ExperimentReader(materials.methods(), materials.tasks());
            chosen = all.resolve(reader.read(given, List.of()).name());
        } else if (name) {
            chosen = all.resolve(experiment);
        }
        if (!holdsRuns(chosen)) {
            throw new UserError(command + ": " + chosen + " holds no runs (allowed: an experiment that was run, its"
                    + " YAML file, or its output folder, which has a folder named runs)");
        }
        return chosen;
    }

    static boolean holdsRuns(Path folder) {
        return Files.isDirectory(folder.resolve("runs"));
    }
}
