package org.adapterbench.core.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.adapterbench.api.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeTensorsTest {

    @TempDir
    Path folder;

    @Test
    void whatIsWrittenIsReadBackBitForBit() {
        float[] odd = {-0f, Float.MIN_VALUE, Float.NaN, Float.NEGATIVE_INFINITY, 1 / 3f, 1e30f};
        MapWeights weights = new MapWeights()
                .put("b.weight", List.of(2, 3), odd)
                .put("a", List.of(), 5f)
                .put("c.empty", List.of(0, 4))
                .put("Zoë", List.of(1), 7f);
        Path file = folder.resolve("x.safetensors");

        SafeTensorsWriter.write(file, weights);

        SafeTensors read = SafeTensors.open(file);
        assertThat(read.names()).containsExactly("Zoë", "a", "b.weight", "c.empty");
        for (String name : read.names()) {
            assertThat(read.shape(name)).isEqualTo(weights.shape(name));
            assertThat(bits(read.values(name))).isEqualTo(bits(weights.values(name)));
        }
        assertThat(WeightsHash.of(read)).isEqualTo(WeightsHash.of(weights));
    }

    @Test
    void largeTensorsAreWrittenCompletely() {
        MapWeights weights = MapWeights.random(Map.of("w", List.of(40_001)), 1);
        SafeTensorsWriter.write(folder.resolve("x"), weights);
        assertThat(SafeTensors.open(folder.resolve("x")).values("w")).isEqualTo(weights.values("w"));
    }

    @Test
    void aFileThatIsCutShortWhileItIsOpenIsRefused() throws IOException {
        Path file = folder.resolve("x");
        SafeTensorsWriter.write(file, MapWeights.random(Map.of("w", List.of(40_001)), 1));
        SafeTensors open = SafeTensors.open(file);

        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() / 2);
        }

        assertThatThrownBy(() -> open.values("w"))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith(file + ": cannot be read: ");
    }

    @Test
    void aFileThatIsReplacedWhileItIsOpenIsReadAsItWas() throws IOException {
        Path file = folder.resolve("x");
        MapWeights weights = MapWeights.random(Map.of("v", List.of(3), "w", List.of(40_001)), 1);
        SafeTensorsWriter.write(file, weights);
        SafeTensors open = SafeTensors.open(file);

        SafeTensorsWriter.write(file, MapWeights.random(Map.of("v", List.of(3), "w", List.of(40_001)), 2));

        assertThat(open.values("w")).isEqualTo(weights.values("w"));
        assertThat(open.values("v")).isEqualTo(weights.values("v"));
    }

    @Test
    void equalTensorsGiveEqualBytesAndNoPartialFileStays() throws IOException {
        SafeTensorsWriter.write(
                folder.resolve("1"), new MapWeights().put("a", List.of(1), 1f).put("b", List.of(1), 2f));
        SafeTensorsWriter.write(
                folder.resolve("2"), new MapWeights().put("b", List.of(1), 2f).put("a", List.of(1), 1f));
        assertThat(folder.resolve("1")).hasSameBinaryContentAs(folder.resolve("2"));
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void aFileHasThePermissionsOfAnyOtherFile() throws IOException {
        SafeTensorsWriter.write(folder.resolve("1"), new MapWeights().put("a", List.of(1), 1f));
        Files.write(folder.resolve("other"), new byte[1]);

        assertThat(Files.getPosixFilePermissions(folder.resolve("1")))
                .isEqualTo(Files.getPosixFilePermissions(folder.resolve("other")));
    }

    @Test
    void theHashChangesWithNameShapeAndValue() {
        String hash = WeightsHash.of(new MapWeights().put("a", List.of(1, 2), 1f, 2f));
        assertThat(List.of(
                        WeightsHash.of(new MapWeights().put("b", List.of(1, 2), 1f, 2f)),
                        WeightsHash.of(new MapWeights().put("a", List.of(2, 1), 1f, 2f)),
                        WeightsHash.of(new MapWeights().put("a", List.of(2), 1f, 2f)),
                        WeightsHash.of(new MapWeights().put("a", List.of(1, 2), 1f, -2f))))
                .doesNotContain(hash)
                .doesNotHaveDuplicates();
    }

    @Test
    void brainFloatsAndHalfFloatsAreWidenedExactly() throws IOException {
        byte[] data = shorts(0x3f80, 0xc049, 0x7f80, 0x0001, /* F16: */ 0x3c00, 0xc248, 0x0001, 0x83ff, 0x7bff, 0xfc00);
        Path file = write(
                "{\"b\":{\"dtype\":\"BF16\",\"shape\":[4],\"data_offsets\":[0,8]},"
                        + "\"h\":{\"dtype\":\"F16\",\"shape\":[6],\"data_offsets\":[8,20]}}",
                data);
        SafeTensors tensors = SafeTensors.open(file);
        assertThat(tensors.values("b"))
                .containsExactly(1f, -3.140625f, Float.POSITIVE_INFINITY, Float.intBitsToFloat(0x10000));
        assertThat(tensors.values("h"))
                .containsExactly(1f, -3.140625f, 0x1p-24f, -1023 * 0x1p-24f, 65504f, Float.NEGATIVE_INFINITY);
        assertThat(tensors.dtype("h")).isEqualTo("F16");
    }

    @Test
    void tensorsOfOtherTypesAreListedButTheirValuesRefused() throws IOException {
        Path file = write("{\"ids\":{\"dtype\":\"I64\",\"shape\":[1,1],\"data_offsets\":[0,8]}}", new byte[8]);
        SafeTensors tensors = SafeTensors.open(file);
        assertThat(tensors.names()).containsExactly("ids");
        assertThatThrownBy(() -> tensors.values("ids"))
                .isInstanceOf(UserError.class)
                .hasMessage(file + ": tensor ids has type I64 (allowed: F32, F16, BF16)");
    }

    @Test
    void metadataIsNoTensorAndOffsetsNeedNotFollowTheOrderOfNames() throws IOException {
        Path file = write(
                "{\"__metadata__\":{\"format\":\"pt\"},\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]},"
                        + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}   ",
                new byte[] {0, 0, (byte) 0x80, 0x3f, 0, 0, 0, 0x40});
        assertThat(SafeTensors.open(file).names()).containsExactly("a", "b");
        assertThat(SafeTensors.open(file).values("a")).containsExactly(2f);
        assertThat(SafeTensors.open(file).values("b")).containsExactly(1f);
    }

    /** Each header goes with eight bytes of data. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}} | 4 trailing bytes",
                "{} | 8 trailing bytes",
                "{'a':{'dtype':'F32','shape':[3],'data_offsets':[0,12]}} | tensor a ends at byte 12 but the file holds 8",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}} | tensor a begins at byte 4 but 0 was expected (gap)",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'b':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}"
                        + " | tensor b begins at byte 4 but 8 was expected (overlap)",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}"
                        + " | not valid JSON: Duplicate field 'a'",
                "{'a':{'dtype':'F32','dtype':'F16','shape':[2],'data_offsets':[0,8]}} | Duplicate field 'dtype'",
                "{'a':{'dtype':'F32','shape':[3],'data_offsets':[0,8]}} | needed: 12 bytes",
                "{'a':{'dtype':'Q4','shape':[2],'data_offsets':[0,8]}} | tensor a has the unknown type 'Q4'",
                "{'a':{'dtype':'F32','shape':[-2],'data_offsets':[0,8]}} | tensor a has the dimension -2",
                "{'a':{'dtype':'F32','shape':[2.5],'data_offsets':[0,8]}} | tensor a has the dimension 2.5",
                "{'a':{'dtype':'F32','data_offsets':[0,8]}} | tensor a has no shape",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[8,0]}} | tensor a of type F32",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0]}} | tensor a has data_offsets [0]",
                "{'a':{'dtype':'F32','shape':[2147483647,2147483647,4],'data_offsets':[0,8]}} | impossible shape",
                "{'a':7} | tensor a has the unknown type ''",
                "[1,2] | not a JSON object",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}} x | not valid JSON",
                "{'a' | not valid JSON"
            },
            quoteCharacter = '"')
    void damagedHeadersAreRefusedInOneLine(String header, String message) throws IOException {
        Path file = write(header.replace('\'', '"').strip(), new byte[8]);
        assertThatThrownBy(() -> SafeTensors.open(file))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith(file + ":")
                .hasMessageContaining(message)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void truncatedFilesAreRefusedAtEveryLength() throws IOException {
        Path whole = write("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", new byte[8]);
        byte[] bytes = Files.readAllBytes(whole);
        for (int length = 0; length < bytes.length; length++) {
            Path cut = folder.resolve("cut");
            Files.write(cut, Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> SafeTensors.open(cut))
                    .as("%d bytes", length)
                    .isInstanceOf(UserError.class)
                    .hasMessageStartingWith(cut + ":");
        }
    }

    @Test
    void headersAboveTheFormatsLimitAreRefusedUnread() throws IOException {
        Path file = folder.resolve("x");
        for (long length : new long[] {SafeTensorsHeader.MOST_HEADER_BYTES + 1, Long.MAX_VALUE, -1, 0}) {
            Files.write(
                    file,
                    ByteBuffer.allocate(64)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putLong(0, length)
                            .array());
            assertThatThrownBy(() -> SafeTensors.open(file))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining(
                            "header of " + Long.toUnsignedString(length) + " bytes (allowed: 2 to 100000000)");
        }
    }

    @Test
    void missingFilesAndUnknownTensorsAreNamed() throws IOException {
        assertThatThrownBy(() -> SafeTensors.open(folder.resolve("none")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("none: cannot be read");
        SafeTensors empty = SafeTensors.open(write("{}", new byte[0]));
        assertThatThrownBy(() -> empty.values("x")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shardsAreReadThroughTheirIndex() throws IOException {
        shards("{'a':'m-1.safetensors','b':'m-2.safetensors'}");
        SafeTensors tensors = SafeTensors.openSharded(folder.resolve("i.json"));
        assertThat(tensors.names()).containsExactly("a", "b");
        assertThat(tensors.values("b")).containsExactly(2f);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'a':'m-1.safetensors'} | weight_map",
                "{'a':'m-1.safetensors','b':'m-1.safetensors'} | tensor b is not in m-1.safetensors",
                "{'a':'m-1.safetensors','c':'m-2.safetensors'} | tensor c is not in m-2.safetensors",
                "{'a':'../m-1.safetensors'} | names the file '../m-1.safetensors' (allowed: a plain file name",
                "{'a':'m-3.safetensors'} | m-3.safetensors: cannot be read",
                "{'a':7} | names the file '7'",
                "{} | weight_map is missing or empty"
            })
    void brokenIndexesAreRefused(String weightMap, String message) throws IOException {
        shards(message.equals("weight_map") ? "7" : weightMap);
        assertThatThrownBy(() -> SafeTensors.openSharded(folder.resolve("i.json")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(message);
    }

    @Test
    void tensorsThatTheIndexForgetsAreRefused() throws IOException {
        shards("{'a':'m-1.safetensors'}");
        SafeTensorsWriter.write(
                folder.resolve("m-1.safetensors"),
                new MapWeights().put("a", List.of(1), 1f).put("b", List.of(1), 2f));
        assertThatThrownBy(() -> SafeTensors.openSharded(folder.resolve("i.json")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("tensor b of m-1.safetensors is not listed there");
    }

    private void shards(String weightMap) throws IOException {
        SafeTensorsWriter.write(folder.resolve("m-1.safetensors"), new MapWeights().put("a", List.of(1), 1f));
        SafeTensorsWriter.write(folder.resolve("m-2.safetensors"), new MapWeights().put("b", List.of(1), 2f));
        Files.writeString(folder.resolve("i.json"), "{\"weight_map\":" + weightMap.replace('\'', '"') + "}");
    }

    private Path write(String header, byte[] data) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .array());
        out.writeBytes(json);
        out.writeBytes(data);
        return Files.write(folder.resolve("x.safetensors"), out.toByteArray());
    }

    private static byte[] shorts(int... values) {
        ByteBuffer buffer = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int value : values) {
            buffer.putShort((short) value);
        }
        return buffer.array();
    }

    private static int[] bits(float[] values) {
        int[] bits = new int[values.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToRawIntBits(values[i]);
        }
        return bits;
    }
}
