package org.adapterbench.core.provenance;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * What this program's build made, wherever it is used: the jars that the program's own jar names in its manifest, and
 * the build folders of the checkout, which commit and dirty flag speak for. A jar that somebody laid beside them is not
 * among it, whatever its packages are called.
 *
 * @param checkout that the program lies in; empty outside
 * @param jars     absolute paths
 */
record OwnCode(Optional<Path> checkout, Set<Path> jars) {

    private static final String PROGRAM = "adapterbench-cli-";

    /** {@code harness/core/target/classes}: a module's group, the module, its build folder, what was made. */
    private static final int DEPTH = 4;

    OwnCode {
        jars = Set.copyOf(jars);
    }

    static OwnCode ofThisProcess() {
        return new OwnCode(Checkout.rootOfProgram(), jars(System.getProperty("java.class.path")));
    }

    /** The jars that the program's jar on this class path names. */
    static Set<Path> jars(String classPath) {
        Set<Path> jars = new HashSet<>();
        for (String entry : classPath.split(File.pathSeparator)) {
            Path path = Path.of(entry).toAbsolutePath().normalize();
            Path name = path.getFileName();
            if (name != null && name.toString().startsWith(PROGRAM) && Files.isRegularFile(path)) {
                named(path).forEach(word -> jars.add(path.resolveSibling(word).normalize()));
            }
        }
        return jars;
    }

    private static Set<String> named(Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            String names =
                    manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            return names == null || names.isBlank()
                    ? Set.of()
                    : Set.of(names.strip().split(" +"));
        } catch (IOException e) {
            // Whatever cannot be shown to be our own is named in the record.
            return Set.of();
        }
    }

    /** @param code a jar or a folder of classes */
    boolean contains(Path code) {
        Path path = code.toAbsolutePath().normalize();
        return jars.contains(path)
                || checkout.filter(path::startsWith)
                        .map(root -> root.relativize(path))
                        .filter(made ->
                                made.getNameCount() == DEPTH && made.getName(2).endsWith("target"))
                        .isPresent();
    }
}
