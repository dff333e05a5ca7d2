package org.adapterbench.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.adapterbench.core.store.Records;
import org.adapterbench.core.weights.TensorMap;
import org.adapterbench.core.weights.WeightSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarmupStoreTest {

    @TempDir
    private Path folder = Path.of("");

    private final List<String> log = new ArrayList<>();
    private int computed;

    @Test
    void aWarmUpIsComputedOnceAndThenRead() throws IOException {
        assertThat(get(new WarmupChecksums(log::add)).values("weight")).containsExactly(1f, 2f);
        assertThat(get(new WarmupChecksums(log::add)).values("weight")).containsExactly(1f, 2f);

        assertThat(computed).isEqualTo(1);
        assertThat(log).isEmpty();
        assertThat(WarmupChecksums.beside(file())).exists();
    }

    @Test
    void everyFlippedBitIsSeenAndTheWarmUpComputedAgain() throws IOException {
        get(new WarmupChecksums(log::add));
        byte[] whole = Files.readAllBytes(file());
        int last = whole.length - 1;
        for (int at : new int[] {0, 9, last - 4, last}) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 1;
            Files.write(file(), damaged);
            computed = 0;
            log.clear();

            assertThat(get(new WarmupChecksums(log::add)).values("weight")).containsExactly(1f, 2f);

            assertThat(computed).as("byte " + at).isEqualTo(1);
            assertThat(log)
                    .singleElement()
                    .asString()
                    .contains("checksum does not fit")
                    .contains(".damaged-");
            assertThat(file()).hasBinaryContent(whole);
        }
        assertThat(folder.resolve(file().getFileName() + ".damaged-4")).exists();
    }

    @Test
    void aFileOfAnEarlierVersionIsUsedAndTheLogSaysSoOnceAWorker() throws IOException {
        get(new WarmupChecksums(log::add));
        Files.delete(WarmupChecksums.beside(file()));

        WarmupChecksums worker = new WarmupChecksums(log::add);
        get(worker);
        get(worker);

        assertThat(computed).isEqualTo(1);
        assertThat(log).singleElement().asString().contains("has no checksum");
    }

    private WeightSource get(WarmupChecksums checksums) {
        return new WarmupStore(folder, checksums, Duration.ofSeconds(60), log::add, () -> {})
                .get(Records.spec("lora", 1), checkpoint -> {
                    computed++;
                    TensorMap tensors = new TensorMap();
                    tensors.put("weight", List.of(2), new float[] {1f, 2f});
                    return tensors;
                });
    }

    private Path file() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(path -> path.toString().endsWith(".safetensors"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
