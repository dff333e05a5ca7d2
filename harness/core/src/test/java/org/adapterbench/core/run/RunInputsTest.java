package org.adapterbench.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.adapterbench.api.FailureKind;
import org.adapterbench.api.RunFailure;
import org.adapterbench.api.record.RunSpec;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.config.Save;
import org.adapterbench.core.plugin.TaskCatalog;
import org.adapterbench.core.store.Records;
import org.adapterbench.core.weights.EncoderAssets;
import org.adapterbench.core.weights.EncoderStore;
import org.adapterbench.core.weights.MapWeights;
import org.adapterbench.core.weights.SafeTensors;
import org.adapterbench.core.weights.SafeTensorsWriter;
import org.adapterbench.core.weights.TestResources;
import org.adapterbench.datasets.download.DownloadListener;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunInputsTest {

    /** Positions that make the weights far larger than what the store samples of them. */
    private static final int POSITIONS = 8000;

    @TempDir
    Path folder;

    private Path model;

    @BeforeEach
    void writeAnEncoderOfTwoMegabytes() throws IOException {
        model = TestResources.copy("tiny-bert", folder.resolve("model"));
        Path config = model.resolve("config.json");
        Files.writeString(
                config,
                Files.readString(config)
                        .replaceFirst(
                                "\"max_position_embeddings\": \\d+", "\"max_position_embeddings\": " + POSITIONS));
        SafeTensors small = SafeTensors.open(model.resolve("model.safetensors"));
        MapWeights large = new MapWeights();
        small.names().forEach(name -> large.put(name, small.shape(name), small.values(name)));
        large.put("bert.embeddings.position_embeddings.weight", List.of(POSITIONS, 48), new float[POSITIONS * 48]);
        SafeTensorsWriter.write(model.resolve("model.safetensors"), large);
    }

    @Test
    void theEncoderThatTheSpecDescribesIsAccepted() {
        EncoderAssets assets = open();
        assertThat(new RunInputs(TaskCatalog.of(List.of()))
                        .encoder(request(assets))
                        .weightsSha256())
                .isEqualTo(assets.weightsSha256());
    }

    @Test
    void oneFlippedBitInTheCachedWeightsIsADataFailureThatNamesFolderAndRemedy() throws IOException {
        EncoderAssets assets = open();
        Path cached = assets.tokenizerFile().getParent();
        byte[] bytes = Files.readAllBytes(cached.resolve("model.safetensors"));
        bytes[bytes.length / 2] ^= 1;
        Files.write(cached.resolve("model.safetensors"), bytes);

        // Between two sampled blocks: the store alone does not see it.
        assertThat(open().weightsSha256()).isEqualTo(assets.weightsSha256());
        assertThatThrownBy(() -> new RunInputs(TaskCatalog.of(List.of())).encoder(request(assets)))
                .isInstanceOfSatisfying(
                        RunFailure.class, failure -> assertThat(failure.kind()).isEqualTo(FailureKind.DATA))
                .hasMessageStartingWith(cached + ": the cached weights are damaged: ")
                .hasMessageEndingWith("(remedy: adapterbench cache clean encoders)");
    }

    private EncoderAssets open() {
        return new EncoderStore(
                        new CacheFolder(folder.resolve("cache")),
                        Map.of(),
                        DownloadListener.SILENT,
                        System.err::println)
                .open(model.toString());
    }

    private RunRequest request(EncoderAssets assets) {
        RunSpec spec = Records.spec("lora", 1);
        RunSpec.EncoderSpec encoder = new RunSpec.EncoderSpec(
                assets.name(), assets.config().sha256(), assets.weightsSha256(), assets.tokenizerSha256());
        RunSpec ofEncoder = new RunSpec(
                spec.recipeVersion(),
                encoder,
                spec.task(),
                spec.method(),
                spec.start(),
                spec.training(),
                spec.seed(),
                spec.numerics(),
                spec.threads());
        return new RunRequest(
                "run",
                ofEncoder,
                model.toString(),
                null,
                folder.resolve("cache"),
                folder.resolve("out"),
                Save.ADAPTER,
                0);
    }
}
