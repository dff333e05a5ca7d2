package org.adapterbench.core.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.adapterbench.api.damage.KindByte;
import org.adapterbench.api.damage.Refusal;
import org.adapterbench.api.damage.SpoiltFile;

/**
 * Entry of the fuzzer ({@code make fuzz}) for safetensors. The first byte says whether the rest is a whole file, or
 * a header that gets its length and some data.
 */
public final class SafeTensorsFuzzer {

    static final byte WHOLE = 0;
    static final byte HEADER = 1;
    static final int DATA_BYTES = 24;

    private static final SpoiltFile FILE = new SpoiltFile("model.safetensors");

    private SafeTensorsFuzzer() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        read(bytes);
    }

    /** The line of a refusal; empty when all tensors that the file names could be read. */
    static Optional<String> read(byte[] bytes) {
        if (bytes.length == 0) {
            return Optional.empty();
        }
        byte[] rest = KindByte.rest(bytes);
        Path file = FILE.holding(KindByte.of(bytes, 2) == WHOLE ? rest : withHeader(rest));
        return Refusal.of(() -> {
            SafeTensors tensors = SafeTensors.open(file);
            for (String name : tensors.names()) {
                tensors.values(name);
            }
            return tensors;
        });
    }

    static byte[] withHeader(byte[] header) {
        return ByteBuffer.allocate(Long.BYTES + header.length + DATA_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .put(header)
                .array();
    }

    /** Sound inputs. */
    public static List<byte[]> seeds() {
        String entries = "\"b\":{\"dtype\":\"BF16\",\"shape\":[2,2],\"data_offsets\":[0,8]},"
                + "\"a.weight\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,16]},"
                + "\"h\":{\"dtype\":\"F16\",\"shape\":[4],\"data_offsets\":[16,24]}}";
        byte[] plain = ("{" + entries).getBytes(StandardCharsets.UTF_8);
        byte[] withMetadata =
                ("{\"__metadata__\":{\"format\":\"pt\"}," + entries + "  ").getBytes(StandardCharsets.UTF_8);
        return List.of(
                KindByte.before(WHOLE, withHeader(plain)),
                KindByte.before(WHOLE, withHeader(withMetadata)),
                KindByte.before(HEADER, plain),
                KindByte.before(HEADER, withMetadata));
    }
}
