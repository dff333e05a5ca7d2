package org.adapterbench.core.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.adapterbench.api.UserError;
import org.adapterbench.core.CacheFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncoderStoreTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"minilm-l6, 6, true", "bge-small, 12, false", "e5-small, 12, false"})
    void onnxEncodersHaveAllTheirTensorsAndSayWhetherThereIsAPooler(String name, int layers, boolean pooler) {
        EncoderAssets assets = new EncoderStore(new CacheFolder(folder)).open(name);

        assertThat(assets.config().layers()).isEqualTo(layers);
        assertThat(assets.weights().names())
                .containsAll(EncoderTensors.of(assets.config()).required().keySet());
        assertThat(assets.weights().names().contains("pooler.dense.weight")).isEqualTo(pooler);
        assertThat(assets.report().missing().isEmpty()).isEqualTo(pooler);
        assertThat(assets.weights().shape("encoder.layer.5.intermediate.dense.weight"))
                .containsExactly(1536, 384);
    }
}
