package org.adapterbench.datasets.glue;

import io.airlift.compress.Decompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.adapterbench.api.UserError;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Decompresses the pages of parquet files in Java alone, without Hadoop's codecs and without native libraries. */
final class PageCodecs implements CompressionCodecFactory {

    /** Writers make pages of about 1 MiB; a page's length stands in the file before its content does. */
    private static final int LARGEST_PAGE = 1 << 26;

    private final Path path;

    /** @param path the file that is read, for messages */
    PageCodecs(Path path) {
        this.path = path;
    }

    /** One page's content, of which the size is known beforehand. */
    private interface Codec {
        byte[] decompress(byte[] compressed, int size) throws IOException;
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName name) {
        return switch (name) {
            case UNCOMPRESSED -> new Pages((compressed, size) -> compressed);
            case SNAPPY -> new Pages((compressed, size) -> airlift(new SnappyDecompressor(), compressed, size));
            case ZSTD -> new Pages((compressed, size) -> airlift(new ZstdDecompressor(), compressed, size));
            case GZIP -> new Pages(PageCodecs::gzip);
            case LZO, BROTLI, LZ4, LZ4_RAW ->
                throw new UserError(
                        path + ": parquet compression " + name + " (allowed: UNCOMPRESSED, SNAPPY, GZIP, ZSTD)");
        };
    }

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName name) {
        throw new UnsupportedOperationException("parquet files are only read");
    }

    @Override
    public void release() {}

    private static byte[] airlift(Decompressor decompressor, byte[] compressed, int size) throws IOException {
        byte[] content = page(size);
        int found = decompressor.decompress(compressed, 0, compressed.length, content, 0, size);
        return checked(content, found);
    }

    private static byte[] gzip(byte[] compressed, int size) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
            byte[] content = page(size);
            return checked(content, in.readNBytes(content, 0, size));
        }
    }

    private static byte[] page(int size) throws IOException {
        if (size < 0 || size > LARGEST_PAGE) {
            throw new IOException("a page of " + size + " bytes");
        }
        return new byte[size];
    }

    private static byte[] checked(byte[] content, int found) throws IOException {
        if (found != content.length) {
            throw new IOException("a page of " + content.length + " bytes decompresses to " + found);
        }
        return content;
    }

    private record Pages(Codec codec) implements BytesInputDecompressor {

        @Override
        public BytesInput decompress(BytesInput compressed, int size) throws IOException {
            return BytesInput.from(codec.decompress(compressed.toInputStream().readAllBytes(), size));
        }

        @Override
        public void decompress(ByteBuffer input, int compressedSize, ByteBuffer output, int size) throws IOException {
            byte[] compressed = new byte[compressedSize];
            input.get(compressed);
            output.put(codec.decompress(compressed, size));
        }

        @Override
        public void release() {}
    }
}
