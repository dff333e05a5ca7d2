package org.adapterbench.datasets.glue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.adapterbench.api.UserError;
import org.adapterbench.api.task.LabelledExample;
import org.adapterbench.api.task.TaskData;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads small parquet files that the reference implementation wrote (parquet/write.py). */
final class ParquetLayoutTest {

    private static final String DEV = "rte/validation-00000-of-00001.parquet";

    @TempDir
    private Path root;

    private TaskData tsv;

    @BeforeEach
    void theSameContentAsTsv() throws IOException {
        SmallGlue.writeRte(root);
        tsv = RealGlue.load("glue/rte", root);
        Files.delete(root.resolve("RTE/dev.tsv"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "snappy", "gzip", "zstd", "plain-v2"})
    void contentIsThatOfTheTsvFileInEveryEncoding(String name) throws IOException {
        place(name, DEV);
        assertThat(RealGlue.load("glue/rte", root)).isEqualTo(tsv);
    }

    @Test
    void shardsAreReadInOrder() throws IOException {
        place("shard-1", "rte/validation-00001-of-00002.parquet");
        assertThatThrownBy(() -> RealGlue.load("glue/rte", root))
                .isInstanceOf(UserError.class)
                .hasMessage(
                        root + "/rte: 1 shards of split 'dev': validation-00001-of-00002.parquet (allowed: all that "
                                + "the names count, each once)");
        place("shard-0", "rte/validation-00000-of-00002.parquet");
        assertThat(RealGlue.load("glue/rte", root)).isEqualTo(tsv);
    }

    @Test
    void answersOfATestSplitAreNotRead() throws IOException {
        place("snappy", DEV);
        place("unlabelled", "rte/test-00000-of-00001.parquet");
        assertThat(RealGlue.withheld("glue/rte", root)).singleElement().satisfies(read -> {
            assertThat(read.split().name()).isEqualTo("test");
            assertThat(read.split().inputs()).extracting(i -> i.id()).containsExactly("test-0", "test-1", "test-2");
            assertThat(read.facts().labels()).isEmpty();
        });
    }

    @Test
    void scoresAreRead() throws IOException {
        place("scores", "stsb/train-00000-of-00001.parquet");
        place("scores", "stsb/validation.parquet");
        List<LabelledExample> train = RealGlue.load("glue/sts-b", root).train().examples();
        assertThat(train).extracting(LabelledExample::target).containsExactly(3.8f, 0.25f);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "swapped-names | : the labels are numbered not_entailment, entailment (allowed: entailment, not_entailment)",
                "null-text | : row 1: column 'sentence2' holds no value (allowed: one)",
                "label-2 | : row 1: column 'label' holds '2' (allowed: 0 = entailment, 1 = not_entailment)",
                "unlabelled | : row 0: column 'label' holds '-1' (allowed: 0 = entailment, 1 = not_entailment)",
                "text-label | : column 'label' holds BINARY (allowed: numbers)",
                "lz4 | : parquet compression LZ4_RAW (allowed: UNCOMPRESSED, SNAPPY, GZIP, ZSTD)"
            })
    void whatIsNotAsTheHubHasItIsRefused(String name, String message) throws IOException {
        place(name, DEV);
        assertThatThrownBy(() -> RealGlue.load("glue/rte", root))
                .isInstanceOf(UserError.class)
                .hasMessage(root.resolve(DEV) + message.strip());
    }

    @Test
    void aFileCutAnywhereIsRefused() throws IOException {
        byte[] whole = bytes("snappy");
        for (int length = 0; length < whole.length; length += 13) {
            SmallGlue.write(root.resolve(DEV), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> RealGlue.load("glue/rte", root))
                    .as("cut at %d of %d", length, whole.length)
                    .isInstanceOf(UserError.class)
                    .hasMessageStartingWith(root.resolve(DEV) + ":")
                    .hasMessageNotContainingAny("@", "org.apache", "null");
        }
    }

    @Test
    void aTextFileUnderAParquetNameIsRefused() throws IOException {
        SmallGlue.write(root.resolve(DEV), SmallGlue.RTE_DEV);
        assertThatThrownBy(() -> RealGlue.load("glue/rte", root))
                .hasMessage(root.resolve(DEV) + ": not a parquet file (its first bytes are not PAR1)");
        Files.delete(root.resolve(DEV));
        place("snappy", "rte/dev.tsv");
        assertThatThrownBy(() -> RealGlue.load("glue/rte", root))
                .hasMessage(
                        root.resolve("rte/dev.tsv") + ": a parquet file (allowed under a name that ends in .parquet)");
    }

    private void place(String name, String as) throws IOException {
        SmallGlue.write(root.resolve(as), bytes(name));
    }

    static byte[] bytes(String name) throws IOException {
        String resource = "parquet/" + name + ".parquet";
        try (InputStream in = Objects.requireNonNull(ParquetLayoutTest.class.getResourceAsStream(resource))) {
            return in.readAllBytes();
        }
    }
}
