package org.adapterbench.core.weights;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.adapterbench.api.damage.KindByte;
import org.adapterbench.api.damage.Refusal;
import org.adapterbench.api.damage.SpoiltFile;
import org.tensorflow.proto.BundleEntryProto;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorShapeProto;

/**
 * Entry of the fuzzer ({@code make fuzz}) for the index of a TensorFlow checkpoint. The first byte says whether the
 * rest is a whole index, a data block or an index block; a block is sealed with the checksum that fits, since
 * nothing would get past a wrong one.
 */
public final class CheckpointFuzzer {

    static final byte WHOLE = 0;
    static final byte DATA_BLOCK = 1;
    static final byte INDEX_BLOCK = 2;
    static final int DATA_BYTES = 24;

    private static final SpoiltFile INDEX = new SpoiltFile("variables.index");
    private static final SpoiltFile DATA = new SpoiltFile("variables.data-00000-of-00001");
    private static final int FOOTER_BYTES = 48;

    private CheckpointFuzzer() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        read(bytes);
    }

    /** The line of a refusal; empty when all variables could be read. */
    static Optional<String> read(byte[] bytes) {
        if (bytes.length == 0) {
            return Optional.empty();
        }
        byte[] rest = KindByte.rest(bytes);
        byte[] index = switch (KindByte.of(bytes, 4)) {
            case DATA_BLOCK -> table(rest, null);
            case INDEX_BLOCK -> table(new byte[4], rest);
            default -> rest;
        };
        Path indexFile = INDEX.holding(index);
        Path data = DATA.holding(new byte[DATA_BYTES]);
        return Refusal.of(() -> {
            TensorFlowCheckpoint checkpoint = TensorFlowCheckpoint.open(indexFile, data);
            for (String name : checkpoint.names()) {
                checkpoint.shape(name);
                checkpoint.values(name);
            }
            return checkpoint;
        });
    }

    /** A table of one data block; its index block is made to fit where none is given. */
    static byte[] table(byte[] dataBlock, byte[] indexBlock) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] dataHandle = sealed(out, dataBlock);
        byte[] metaHandle = sealed(out, new byte[] {0, 0, 0, 0, 1, 0, 0, 0});
        byte[] indexHandle = sealed(out, indexBlock == null ? indexBlock(dataHandle) : indexBlock);
        byte[] footer = new byte[FOOTER_BYTES];
        System.arraycopy(metaHandle, 0, footer, 0, metaHandle.length);
        System.arraycopy(indexHandle, 0, footer, metaHandle.length, indexHandle.length);
        ByteBuffer.wrap(footer).order(ByteOrder.LITTLE_ENDIAN).putLong(FOOTER_BYTES - Long.BYTES, 0xdb4775248b80fb57L);
        out.writeBytes(footer);
        return out.toByteArray();
    }

    /** One entry that leads to the data block, and the places where keys begin anew: the first alone. */
    private static byte[] indexBlock(byte[] handle) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.writeBytes(new byte[] {0, 1, (byte) handle.length, (byte) 0xff});
        block.writeBytes(handle);
        block.writeBytes(new byte[] {0, 0, 0, 0, 1, 0, 0, 0});
        return block.toByteArray();
    }

    private static byte[] sealed(ByteArrayOutputStream out, byte[] block) {
        byte[] handle = handle(out.size(), block.length);
        out.writeBytes(block);
        out.write(0);
        CRC32C crc = new CRC32C();
        crc.update(block);
        crc.update(0);
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(SortedStringTable.masked(crc))
                .array());
        return handle;
    }

    private static byte[] handle(long... numbers) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (long number : numbers) {
            long rest = number;
            while (rest > 0x7f) {
                out.write((int) (rest & 0x7f | 0x80));
                rest >>>= 7;
            }
            out.write((int) rest);
        }
        return out.toByteArray();
    }

    /** Sound inputs. */
    public static List<byte[]> seeds() {
        byte[] block = dataBlock();
        byte[] whole = table(block, null);
        byte[] indexBlock = indexBlock(handle(0, 4));
        return List.of(
                KindByte.before(WHOLE, whole),
                KindByte.before(DATA_BLOCK, block),
                KindByte.before(INDEX_BLOCK, indexBlock));
    }

    /** The header, a vector and a kernel, whose keys share a prefix. */
    private static byte[] dataBlock() {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        entry(block, "", 0, new byte[] {8, 1});
        entry(block, "dense/bias", 0, variable(0, 2).toByteArray());
        entry(block, "dense/kernel", 6, variable(8, 2, 2).toByteArray());
        block.writeBytes(new byte[] {0, 0, 0, 0, 1, 0, 0, 0});
        return block.toByteArray();
    }

    private static void entry(ByteArrayOutputStream block, String key, int shared, byte[] value) {
        byte[] own = key.substring(shared).getBytes(StandardCharsets.UTF_8);
        block.writeBytes(handle(shared, own.length, value.length));
        block.writeBytes(own);
        block.writeBytes(value);
    }

    /** A variable of zeros. */
    private static BundleEntryProto variable(long offset, long... dimensions) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        int bytes = Float.BYTES;
        for (long dimension : dimensions) {
            shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(dimension));
            bytes *= (int) dimension;
        }
        CRC32C crc = new CRC32C();
        crc.update(new byte[bytes]);
        return BundleEntryProto.newBuilder()
                .setDtype(DataType.DT_FLOAT)
                .setShape(shape)
                .setOffset(offset)
                .setSize(bytes)
                .setCrc32C(SortedStringTable.masked(crc))
                .build();
    }
}
