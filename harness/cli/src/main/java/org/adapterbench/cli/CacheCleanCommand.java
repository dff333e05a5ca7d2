package org.adapterbench.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.adapterbench.api.Reason;
import org.adapterbench.api.UserError;
import org.adapterbench.core.Folders;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cache clean}: removes the named parts, and only folders that the program made. */
@Command(
        name = "clean",
        description = "Removes parts of the cache, unless an experiment that is going on uses it.",
        mixinStandardHelpOptions = true)
final class CacheCleanCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Parameters(
            arity = "1..*",
            paramLabel = "PART",
            description = "natives, djl, encoders, data, warmups, activations, artifacts, or all")
    private List<String> parts = new ArrayList<>();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    CacheCleanCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Set<CachePart> chosen = chosen();
        if (CacheUse.isGoingOn(surroundings.cache())) {
            throw new UserError("cache clean: an experiment that is going on uses "
                    + surroundings.cache().root() + " (allowed: when none is)");
        }
        for (CachePart part : chosen) {
            Path folder = part.folder(surroundings.cache());
            FolderSize size = FolderSize.of(folder);
            try {
                Folders.remove(folder);
            } catch (IOException e) {
                throw new UserError(
                        "cache clean: cannot remove " + folder + ": " + Reason.of(e) + " (allowed: a writable folder)");
            }
            spec.commandLine().getOut().println(part.word() + ": " + size.text() + " removed");
        }
        return ExitCode.DONE;
    }

    private Set<CachePart> chosen() {
        if (parts.contains("all")) {
            return EnumSet.allOf(CachePart.class);
        }
        Set<CachePart> chosen = EnumSet.noneOf(CachePart.class);
        parts.forEach(word -> chosen.add(CachePart.named("cache clean", word)));
        return chosen;
    }
}
