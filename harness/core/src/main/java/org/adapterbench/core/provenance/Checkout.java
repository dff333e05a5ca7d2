package org.adapterbench.core.provenance;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;

/**
 * The git checkout that this program was built in and still lies in.
 *
 * @param commit id of HEAD
 * @param dirty  whether tracked files differ from it
 */
record Checkout(String commit, boolean dirty) {

    /** Absent when the program lies elsewhere, or git is missing. */
    static Optional<Checkout> ofProgram() {
        return rootOfProgram().flatMap(Checkout::read);
    }

    /** The folder of that checkout. */
    static Optional<Path> rootOfProgram() {
        CodeSource source = Checkout.class.getProtectionDomain().getCodeSource();
        try {
            return source == null
                    ? Optional.empty()
                    : rootAround(Path.of(source.getLocation().toURI()));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** The checkout of this project (and no other repository) that a path lies in. */
    static Optional<Checkout> around(Path path) {
        return rootAround(path).flatMap(Checkout::read);
    }

    private static Optional<Path> rootAround(Path path) {
        for (Path folder = path; folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve(".git")) && Files.exists(folder.resolve("harness/core/pom.xml"))) {
                return Optional.of(folder);
            }
        }
        return Optional.empty();
    }

    private static Optional<Checkout> read(Path root) {
        return ShortCommand.run(root, "git", "rev-parse", "HEAD")
                .filter(commit -> commit.matches("[0-9a-f]{40,64}"))
                .flatMap(commit -> ShortCommand.run(root, "git", "status", "--porcelain", "--untracked-files=no")
                        .map(changes -> new Checkout(commit, !changes.isEmpty())));
    }
}
