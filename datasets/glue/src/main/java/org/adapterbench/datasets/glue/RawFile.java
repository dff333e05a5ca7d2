package org.adapterbench.datasets.glue;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.adapterbench.api.UserError;

/** Opens a data file and recognises what is no data at all: the usual leftovers of failed downloads. */
final class RawFile {

    private static final int PEEKED = 512;

    private RawFile() {}

    /** The content, decompressed where the name ends in {@code .gz}. */
    static InputStream open(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            // A named pipe would never end, or never begin.
            throw new UserError(path + ": not a file (allowed: a regular file, or a link to one)");
        }
        BufferedInputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
        try {
            in.mark(PEEKED);
            byte[] start = in.readNBytes(PEEKED);
            in.reset();
            check(path, start);
            return isGzip(path) ? new GZIPInputStream(in, 1 << 16) : in;
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    private static void check(Path path, byte[] start) {
        if (start.length == 0) {
            throw new UserError(path + ": the file is empty (allowed: the whole file, as published; repeat the"
                    + " download with make glue)");
        }
        String text = new String(start, StandardCharsets.ISO_8859_1);
        String lower = text.stripLeading().toLowerCase(Locale.ROOT);
        if (text.startsWith("version https://git-lfs")) {
            throw new UserError(path + ":1: a Git LFS pointer, not the data it points to (fetch it with git lfs pull)");
        }
        if (lower.startsWith("<!doctype") || lower.startsWith("<html") || lower.startsWith("<?xml")) {
            throw new UserError(path + ":1: a web page, not data (the download failed; repeat it with make glue)");
        }
        boolean zipped = text.startsWith("\u001f\u008b");
        if (isGzip(path) && !zipped) {
            throw new UserError(path + ": not gzip-compressed (allowed: gzip under this name; else drop .gz from it)");
        }
        if (!isGzip(path) && zipped) {
            throw new UserError(path + ": gzip-compressed (allowed under a name that ends in .gz)");
        }
        boolean parquet = text.startsWith("PAR1");
        boolean parquetName = path.toString().endsWith(".parquet");
        if (parquet != parquetName) {
            throw new UserError(path
                    + (parquet
                            ? ": a parquet file (allowed under a name that ends in .parquet)"
                            : ": not a parquet file (its first bytes are not PAR1)"));
        }
        if (text.startsWith("PK\u0003\u0004")) {
            throw new UserError(path + ": a zip archive (unpack it first)");
        }
    }

    private static boolean isGzip(Path path) {
        return path.toString().endsWith(".gz");
    }
}
