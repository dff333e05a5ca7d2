package org.adapterbench.core.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.adapterbench.api.damage.Damage;
import org.adapterbench.api.damage.SpoiltFile;

/** Whatever a weight file holds, it is read right or refused in one line; {@code Refusal} says what that means. */
class WeightReaderPropertiesTest {

    private static final SpoiltFile WRITTEN = new SpoiltFile("written.safetensors");

    @Property(tries = 600, seed = "1")
    void spoiltSafetensorsAreReadOrRefused(@ForAll("safetensors") byte[] bytes) {
        SafeTensorsFuzzer.read(bytes);
    }

    @Property(tries = 600, seed = "2")
    void spoiltOnnxFilesAreReadOrRefused(@ForAll("onnx") byte[] bytes) {
        OnnxFuzzer.read(bytes);
    }

    @Property(tries = 600, seed = "3")
    void spoiltCheckpointsAreReadOrRefused(@ForAll("checkpoint") byte[] bytes) {
        CheckpointFuzzer.read(bytes);
    }

    @Property(tries = 400, seed = "4")
    void spoiltHuggingFaceFoldersAreReadOrRefused(@ForAll("folder") byte[] bytes) {
        HuggingFaceFuzzer.read(bytes);
    }

    @Property(tries = 200, seed = "5")
    void soundSafetensorsAreReadAsTheyWereWritten(@ForAll("tensors") Map<String, List<Integer>> shapes) {
        MapWeights weights = MapWeights.random(shapes, shapes.size());
        Path file = WRITTEN.holding(new byte[0]);
        SafeTensorsWriter.write(file, weights);
        SafeTensors read = SafeTensors.open(file);
        assertThat(read.names()).isEqualTo(weights.names());
        for (String name : read.names()) {
            assertThat(read.shape(name)).isEqualTo(weights.shape(name));
            assertThat(read.values(name)).isEqualTo(weights.values(name));
        }
    }

    @Provide
    Arbitrary<byte[]> safetensors() {
        return Damage.ofAny(SafeTensorsFuzzer.seeds());
    }

    @Provide
    Arbitrary<byte[]> onnx() {
        return Damage.ofAny(OnnxFuzzer.seeds());
    }

    @Provide
    Arbitrary<byte[]> checkpoint() {
        return Damage.ofAny(CheckpointFuzzer.seeds());
    }

    @Provide
    Arbitrary<byte[]> folder() {
        return Damage.ofAny(HuggingFaceFuzzer.seeds());
    }

    @Provide
    Arbitrary<Map<String, List<Integer>>> tensors() {
        Arbitrary<String> names = Arbitraries.strings()
                .withChars("ab.\"\\\u00e9\n")
                .ofMinLength(1)
                .ofMaxLength(6);
        Arbitrary<List<Integer>> shapes =
                Arbitraries.integers().between(0, 4).list().ofMaxSize(3);
        return Arbitraries.maps(names, shapes).ofMaxSize(5);
    }
}
