package org.adapterbench.datasets.glue;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.adapterbench.api.Reason;
import org.adapterbench.api.UserError;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a UTF-8 file, with their numbers for messages. A line ends at LF, and a CR before it belongs to the
 * end; nothing else separates lines, because texts hold all kinds of other separators. A byte order mark at the
 * start is dropped. What is no text is refused.
 */
final class TextLines implements Closeable {

    /** No genuine line comes near; a file without line ends must not fill the memory. */
    private static final int LONGEST = 1 << 20;

    /** MNLI with its parses has less than half; a small compressed file can hold a thousand times its own size. */
    private static final long LARGEST = 1L << 30;

    private final Path path;
    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int filled;
    private int number;
    private long total;

    TextLines(Path path) throws IOException {
        this.path = path;
        this.in = RawFile.open(path);
    }

    /** The next line without its end, or null after the last. */
    @Nullable
    String next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean any = false;
        boolean ended = false;
        number++;
        while (!ended && fill()) {
            any = true;
            int start = at;
            while (at < filled && buffer[at] != '\n') {
                at++;
            }
            line.write(buffer, start, at - start);
            if (at < filled) {
                ended = true;
                at++;
            }
            if (line.size() > LONGEST) {
                throw new UserError(
                        where() + ": the line is longer than " + LONGEST + " bytes (no GLUE file has such)");
            }
        }
        return any ? decode(line.toByteArray()) : null;
    }

    /** File and line for a message about the line returned last. */
    String where() {
        return path + ":" + number;
    }

    private boolean fill() {
        if (at == filled) {
            at = 0;
            try {
                filled = Math.max(0, in.read(buffer));
                total += filled;
            } catch (IOException e) {
                throw new UserError(
                        where() + ": cannot be read to its end: " + Reason.of(e) + " (allowed: a complete file)", e);
            }
        }
        if (total > LARGEST) {
            throw new UserError(where() + ": more than " + LARGEST + " bytes of text (no GLUE file has so many)");
        }
        return at < filled;
    }

    private String decode(byte[] bytes) {
        int length = bytes.length > 0 && bytes[bytes.length - 1] == '\r' ? bytes.length - 1 : bytes.length;
        for (int i = 0; i < length; i++) {
            if (bytes[i] == 0) {
                throw new UserError(where() + ": a NUL byte (allowed: UTF-8 text)");
            }
        }
        try {
            String line = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
            return number == 1 && line.startsWith("\uFEFF") ? line.substring(1) : line;
        } catch (CharacterCodingException e) {
            throw new UserError(where() + ": not UTF-8 (allowed: UTF-8 text)", e);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
