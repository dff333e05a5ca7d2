package org.adapterbench.core.provenance;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.adapterbench.api.Reason;
import org.adapterbench.api.Sha256;
import org.adapterbench.api.UserError;
import org.adapterbench.api.method.TuningMethod;
import org.adapterbench.api.task.TaskProvider;
import org.adapterbench.core.plugin.MethodCatalog;
import org.adapterbench.core.plugin.TaskCatalog;

/**
 * Names the methods and tasks that do not come with this program, with the hash of their code: what a record says of
 * the program's own version says nothing of theirs.
 */
final class ForeignCode {

    private final OwnCode own;
    private final SortedMap<String, String> found = new TreeMap<>();

    private ForeignCode(OwnCode own) {
        this.own = own;
    }

    /** {@code method NAME} or {@code tasks SUITE} to {@code FILE sha256 HASH} for each of others in the catalogues. */
    static SortedMap<String, String> of(MethodCatalog methods, TaskCatalog tasks, OwnCode own) {
        ForeignCode foreign = new ForeignCode(own);
        for (TuningMethod method : methods.all()) {
            foreign.add("method " + method.name(), method.getClass());
        }
        for (TaskProvider provider : tasks.providers()) {
            foreign.add("tasks " + provider.suite(), provider.getClass());
        }
        return foreign.found;
    }

    private void add(String what, Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            found.put(what, "class " + type.getName() + " of unknown origin");
            return;
        }
        try {
            Path path = Path.of(source.getLocation().toURI());
            if (!own.contains(path)) {
                // The place on this machine tells nothing elsewhere, and maybe too much.
                found.put(what, path.getFileName() + " sha256 " + hash(path));
            }
        } catch (URISyntaxException | IOException e) {
            throw new UserError(
                    what + ": class " + type.getName() + ": its code at " + source.getLocation() + " cannot be read: "
                            + Reason.of(e) + " (allowed: a jar or a folder)",
                    e);
        }
    }

    private static String hash(Path code) throws IOException {
        if (!Files.isDirectory(code)) {
            return Sha256.ofFile(code);
        }
        Sha256 hash = new Sha256();
        try (Stream<Path> all = Files.walk(code)) {
            List<Path> files = all.filter(Files::isRegularFile).sorted().toList();
            for (Path file : files) {
                hash.add(code.relativize(file).toString()).add(Sha256.ofFile(file));
            }
        }
        return hash.hex();
    }
}
