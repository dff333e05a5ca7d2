package org.adapterbench.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.adapterbench.core.CacheFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code cache list}: the parts of the cache with their size. */
@Command(name = "list", description = "Shows the parts of the cache and their size.", mixinStandardHelpOptions = true)
final class CacheListCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    CacheListCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        CacheFolder cache = surroundings.cache();
        List<List<String>> rows = new ArrayList<>();
        FolderSize total = FolderSize.NOTHING;
        for (CachePart part : CachePart.values()) {
            FolderSize size = FolderSize.of(part.folder(cache));
            total = total.plus(size);
            rows.add(List.of(part.word(), Text.bytes(size.bytes()), part.meaning()));
        }
        rows.add(List.of("together", Text.bytes(total.bytes()), cache.root().toString()));
        Text.columns(rows).forEach(spec.commandLine().getOut()::println);
        if (total.unreadable() != null) {
            spec.commandLine().getOut().println("not counted, for want of a permission: " + total.unreadable());
        }
        return ExitCode.DONE;
    }
}
