package org.adapterbench.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A SHA-256 under construction. Text goes in as UTF-8 followed by a zero byte, so that two texts never run
 * together; numbers as little-endian bits. Bytes, buffers and float arrays go in bare: where their length is not
 * known from what else is added, the caller adds it first.
 */
public final class Sha256 {

    private final MessageDigest digest;

    public Sha256() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK provides SHA-256", e);
        }
    }

    public Sha256 add(String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        return this;
    }

    public Sha256 add(byte[] bytes) {
        digest.update(bytes);
        return this;
    }

    /** Adds the remaining bytes of the buffer and leaves its position unchanged. */
    public Sha256 add(ByteBuffer bytes) {
        digest.update(bytes.duplicate());
        return this;
    }

    public Sha256 add(long value) {
        digest.update(
                ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(0, value));
        return this;
    }

    /** Adds the raw bits of each value. */
    public Sha256 add(float[] values) {
        ByteBuffer chunk = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            if (chunk.remaining() < Float.BYTES) {
                digest.update(chunk.flip());
                chunk.clear();
            }
            chunk.putInt(Float.floatToRawIntBits(value));
        }
        digest.update(chunk.flip());
        return this;
    }

    /** The digest in lower-case hexadecimal; the object must not be used afterwards. */
    public String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The digest of a file's bytes. */
    public static String ofFile(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return ofStream(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The digest of the stream's remaining bytes. */
    public static String ofStream(InputStream in) throws IOException {
        Sha256 sha = new Sha256();
        byte[] buffer = new byte[1 << 16];
        for (int n; (n = in.read(buffer)) >= 0; ) {
            sha.digest.update(buffer, 0, n);
        }
        return sha.hex();
    }

    /** The digest of a text's UTF-8 bytes, without the separating zero. */
    public static String ofText(String text) {
        return new Sha256().add(text.getBytes(StandardCharsets.UTF_8)).hex();
    }
}
