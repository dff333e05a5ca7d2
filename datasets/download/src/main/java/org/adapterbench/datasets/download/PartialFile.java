package org.adapterbench.datasets.download;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.adapterbench.api.Reason;
import org.adapterbench.api.UserError;

/** What has arrived of a file so far, in {@code NAME.part}, and beside it the server's tag of the content. */
record PartialFile(Path target) {

    Path path() {
        return target.resolveSibling(target.getFileName() + ".part");
    }

    private Path tagFile() {
        return target.resolveSibling(target.getFileName() + ".part.etag");
    }

    void makeFolder() {
        Path folder = target.toAbsolutePath().getParent();
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UserError(
                    folder + ": cannot be made: " + Reason.of(e) + " (allowed: a folder that can be written)", e);
        }
    }

    long size() {
        try {
            return Files.exists(path()) ? Files.size(path()) : 0;
        } catch (IOException e) {
            throw new UserError(path() + ": cannot be read: " + Reason.of(e), e);
        }
    }

    /** How many bytes can be built on; none where nobody knows of what content they are. */
    long usable() {
        return Files.exists(tagFile()) ? size() : 0;
    }

    /** The server's tag of the content; empty where it gave none. */
    String tag() throws IOException {
        return usable() == 0 ? "" : Files.readString(tagFile());
    }

    void tagged(String tag) throws IOException {
        Files.writeString(tagFile(), tag);
    }

    void throwAway() throws IOException {
        Files.deleteIfExists(path());
    }

    /** Gives the file its own name. */
    void complete() throws IOException {
        Files.move(path(), target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Files.deleteIfExists(tagFile());
    }
}
