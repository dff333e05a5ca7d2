package org.adapterbench.core.tokenize;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.util.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.UUID;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.CRC32;
import org.adapterbench.api.Reason;
import org.adapterbench.api.UserError;
import org.adapterbench.core.ClassPathJars;

/**
 * The native library of the tokenizers binding, which that unpacks once and then loads as it is: a damaged one ends the
 * process by a signal. So it is unpacked here, and again whenever it is not what the binding's jar holds.
 */
final class TokenizerLibrary {

    private static final String FLAVOUR = "cpu";

    private TokenizerLibrary() {}

    /**
     * Where the environment names the folder and the flavour, sees to it that the binding finds a whole library there.
     *
     * @throws UserError when it is absent or damaged and cannot be written
     */
    static void require(Map<String, String> environment) {
        String cache = environment.get("DJL_CACHE_DIR");
        if (cache == null || !FLAVOUR.equals(environment.get("RUST_FLAVOR"))) {
            return;
        }
        Platform platform = Platform.detectPlatform("tokenizers");
        String name = System.mapLibraryName("tokenizers");
        Path file = Path.of(cache, "tokenizers", platform.getVersion() + "-" + FLAVOUR + "-" + platform.getClassifier())
                .resolve(name);
        URL packed = HuggingFaceTokenizer.class
                .getClassLoader()
                .getResource("native/lib/" + platform.getClassifier() + "/" + FLAVOUR + "/" + name);
        if (packed != null) {
            require(file, packed);
        }
    }

    static void require(Path file, URL packed) {
        try {
            if (!(packed.openConnection() instanceof JarURLConnection connection)) {
                return;
            }
            connection.setUseCaches(false);
            try (JarFile jar = connection.getJarFile()) {
                JarEntry entry = connection.getJarEntry();
                if (entry != null && !holds(file, entry)) {
                    unpack(jar, entry, file);
                }
            }
        } catch (IOException e) {
            throw new UserError(
                    file + ": absent or damaged, and cannot be unpacked: " + Reason.of(e)
                            + " (allowed: a writable folder; ADAPTERBENCH_CACHE names another cache)",
                    e);
        }
    }

    private static boolean holds(Path file, JarEntry entry) throws IOException {
        if (!Files.exists(file) || Files.size(file) != entry.getSize()) {
            return false;
        }
        CRC32 sum = new CRC32();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[1 << 16];
            for (int n; (n = in.read(buffer)) >= 0; ) {
                sum.update(buffer, 0, n);
            }
        }
        return sum.getValue() == entry.getCrc();
    }

    /** In one step, for other processes may be loading it. */
    private static void unpack(JarFile jar, JarEntry entry, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Path partial = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            try (InputStream in = jar.getInputStream(entry)) {
                Files.copy(in, partial);
            }
            if (!holds(partial, entry)) {
                throw new IOException(jar.getName() + " is damaged; " + ClassPathJars.REMEDY);
            }
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(partial);
        }
    }
}
