package org.adapterbench.core.plugin;

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

/**
 * Names the methods that do not come with this program, with the hash of their code: what a record says of the
 * program's own version says nothing of theirs.
 */
public final class ForeignMethods {

    private static final String OWN_PACKAGE = "org.adapterbench.methods.";

    private ForeignMethods() {}

    /** {@code method NAME} to {@code FILE sha256 HASH} for each method of others in the catalogue. */
    public static SortedMap<String, String> of(MethodCatalog catalog) {
        SortedMap<String, String> found = new TreeMap<>();
        for (TuningMethod method : catalog.all()) {
            if (!method.getClass().getName().startsWith(OWN_PACKAGE)) {
                found.put("method " + method.name(), origin(method.getClass()));
            }
        }
        return found;
    }

    private static String origin(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            return "class " + type.getName() + " of unknown origin";
        }
        try {
            Path path = Path.of(source.getLocation().toURI());
            // The place on this machine tells nothing elsewhere, and maybe too much.
            return path.getFileName() + " sha256 " + (Files.isDirectory(path) ? ofFolder(path) : Sha256.ofFile(path));
        } catch (URISyntaxException | IOException e) {
            throw new UserError(
                    "method class " + type.getName() + ": its code at " + source.getLocation() + " cannot be read: "
                            + Reason.of(e) + " (allowed: a jar or a folder)",
                    e);
        }
    }

    private static String ofFolder(Path folder) throws IOException {
        Sha256 hash = new Sha256();
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> files = all.filter(Files::isRegularFile).sorted().toList();
            for (Path file : files) {
                hash.add(folder.relativize(file).toString()).add(Sha256.ofFile(file));
            }
        }
        return hash.hex();
    }
}
