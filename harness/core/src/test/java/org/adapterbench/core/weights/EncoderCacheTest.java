package org.adapterbench.core.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.adapterbench.api.record.RunSpec.EncoderSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncoderCacheTest {

    private static final EncoderConfig CONFIG = new EncoderConfig(
            EncoderConfig.Family.BERT, 100, 96, 2, 2, 192, 64, 2, 1e-12, EncoderConfig.Activation.GELU, 0);
    private static final EncoderSpec WANTED = new EncoderSpec("any", CONFIG.sha256(), "a".repeat(64), "b".repeat(64));

    private final List<String> damaged = new ArrayList<>();

    @TempDir
    Path folder;

    @Test
    void anEncoderIsFoundBesideLeftoversOfOtherFormats() throws IOException {
        place("1-older", "{\"format\": 0, \"name\": \"older\", \"digest\": \"of another kind\"}");
        place("2-newer", "{\"format\": 99, \"weights\": {}}");
        place("3-wanted", manifest("a".repeat(64)));

        assertThat(new EncoderCache(folder, line -> {}).find(WANTED, damaged::add))
                .contains("3-wanted");
        assertThat(damaged).isEmpty();
    }

    @Test
    void whatIsDamagedIsNamedAndHidesNoOther() throws IOException {
        place("1-cut", manifest("c".repeat(64)).substring(0, 40));
        place("2-no-format", "{}");
        place("3-wanted", manifest("a".repeat(64)));

        assertThat(new EncoderCache(folder, line -> {}).find(WANTED, damaged::add))
                .contains("3-wanted");
        assertThat(damaged).hasSize(2);
        assertThat(damaged.get(0)).startsWith(folder.resolve("1-cut/encoder.json") + ": ");
        assertThat(damaged.get(1)).startsWith(folder.resolve("2-no-format/encoder.json") + ": damaged: ");
    }

    @Test
    void otherContentIsNotTheOne() throws IOException {
        place("1-other", manifest("c".repeat(64)));

        assertThat(new EncoderCache(folder, line -> {}).find(WANTED, damaged::add))
                .isEmpty();
        assertThat(damaged).isEmpty();
    }

    private static String manifest(String weightsSha256) {
        LoadReport report = new LoadReport(List.of(), List.of(), List.of());
        return new String(
                StrictJson.bytes(new EncoderManifest(
                        EncoderManifest.FORMAT, "x", CONFIG, report, weightsSha256, 1, "s", "b".repeat(64))),
                StandardCharsets.UTF_8);
    }

    private void place(String name, String manifest) throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve(name)).resolve(EncoderCache.MANIFEST), manifest);
    }
}
