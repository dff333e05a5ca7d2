package org.adapterbench.datasets.glue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.adapterbench.api.UserError;
import org.adapterbench.api.task.TaskData;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A damaged file is refused with one line that says what is wrong, in which file and line, and what is allowed. */
final class DamagedFilesTest {

    @TempDir
    private Path root;

    private Path dev;

    @BeforeEach
    void aCompleteFolder() throws IOException {
        SmallGlue.writeRte(root);
        dev = root.resolve("RTE/dev.tsv");
    }

    @Test
    void aRowCutShort() throws IOException {
        SmallGlue.write(dev, SmallGlue.RTE_DEV.substring(0, SmallGlue.RTE_DEV.indexOf("\tnot_entailment")));
        assertRefused("RTE/dev.tsv:3: 3 columns (allowed: 4: index, sentence1, sentence2, label)");
    }

    @Test
    void aLabelCutShort() throws IOException {
        SmallGlue.write(dev, SmallGlue.RTE_DEV.substring(0, SmallGlue.RTE_DEV.length() - 4));
        assertRefused("RTE/dev.tsv:4: column 'label' holds 'not_entailm' (allowed: entailment, not_entailment)");
    }

    @Test
    void numbersWhereNamesBelong() throws IOException {
        SmallGlue.write(dev, SmallGlue.RTE_DEV.replace("not_entailment", "1"));
        assertRefused("RTE/dev.tsv:3: column 'label' holds '1' (allowed: entailment, not_entailment)");
    }

    @Test
    void cellsSwappedUnderTheirNames() throws IOException {
        SmallGlue.write(dev, "index\tsentence1\tsentence2\tlabel\nentailment\tIt snows.\tIt is cold.\t0\n");
        assertRefused("RTE/dev.tsv:2: column 'label' holds '0' (allowed: entailment, not_entailment)");
    }

    @Test
    void aColumnNameTwice() throws IOException {
        SmallGlue.write(dev, "index\tsentence1\tsentence1\tlabel\n");
        assertRefused("RTE/dev.tsv:1: column 'sentence1' is there twice (allowed columns: index, sentence1, "
                + "sentence2, label)");
    }

    @Test
    void anUnlabelledFileUnderTheNameOfALabelledOne() throws IOException {
        SmallGlue.write(dev, "index\tsentence1\tsentence2\n0\tIt snows.\tIt is cold.\n");
        assertRefused("RTE/dev.tsv:1: column 'label' is missing (allowed columns: index, sentence1, sentence2, label)");
    }

    @Test
    void anEmptyLine() throws IOException {
        SmallGlue.write(dev, SmallGlue.RTE_DEV + "\n");
        assertRefused("RTE/dev.tsv:5: 1 columns (allowed: 4: index, sentence1, sentence2, label)");
    }

    @Test
    void anEmptyFile() throws IOException {
        SmallGlue.write(dev, "");
        assertRefused("RTE/dev.tsv: the file is empty (allowed: the whole file, as published; repeat the download with"
                + " make glue)");
    }

    @Test
    void columnNamesAndNothingElse() throws IOException {
        SmallGlue.write(dev, "index\tsentence1\tsentence2\tlabel\n");
        assertRefused("RTE/dev.tsv: no examples (allowed: at least 1)");
    }

    @Test
    void aNulByte() throws IOException {
        SmallGlue.write(dev, SmallGlue.RTE_DEV.replace("Ann", "A\0n"));
        assertRefused("RTE/dev.tsv:3: a NUL byte (allowed: UTF-8 text)");
    }

    @Test
    void binaryContent() throws IOException {
        byte[] bytes = new byte[4096];
        Arrays.fill(bytes, (byte) 0xfe);
        SmallGlue.write(dev, bytes);
        assertRefused("RTE/dev.tsv:1: not UTF-8 (allowed: UTF-8 text)");
    }

    @Test
    void anotherEncoding() throws IOException {
        SmallGlue.write(
                dev, SmallGlue.RTE_DEV.replace("Bo sings", "Zo\u00eb sings").getBytes(StandardCharsets.ISO_8859_1));
        assertRefused("RTE/dev.tsv:4: not UTF-8 (allowed: UTF-8 text)");
    }

    @Test
    void aLineWithoutEnd() throws IOException {
        SmallGlue.write(dev, SmallGlue.RTE_DEV + "x".repeat((1 << 20) + 1));
        assertRefused("RTE/dev.tsv:5: the line is longer than 1048576 bytes (no GLUE file has such)");
    }

    @Test
    void aGitLfsPointer() throws IOException {
        SmallGlue.write(dev, "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n");
        assertRefused("RTE/dev.tsv:1: a Git LFS pointer, not the data it points to (fetch it with git lfs pull)");
    }

    @Test
    void aWebPage() throws IOException {
        for (String page : List.of("<!DOCTYPE html><title>404</title>", "\n <html>", "<?xml version='1.0'?><Error/>")) {
            SmallGlue.write(dev, page);
            assertRefused("RTE/dev.tsv:1: a web page, not data (the download failed; repeat it with make glue)");
        }
    }

    @Test
    void compressionThatTheNameDoesNotSay() throws IOException {
        SmallGlue.write(dev, SmallGlue.gzip(SmallGlue.RTE_DEV));
        assertRefused("RTE/dev.tsv: gzip-compressed (allowed under a name that ends in .gz)");
    }

    @Test
    void aNameThatSaysCompression() throws IOException {
        Files.move(dev, root.resolve("RTE/dev.tsv.gz"));
        assertRefused("RTE/dev.tsv.gz: not gzip-compressed (allowed: gzip under this name; else drop .gz from it)");
    }

    @Test
    void compressedContentCutShort() throws IOException {
        Files.delete(dev);
        byte[] bytes = SmallGlue.gzip(SmallGlue.RTE_DEV);
        SmallGlue.write(root.resolve("RTE/dev.tsv.gz"), Arrays.copyOf(bytes, bytes.length - 12));
        assertThatThrownBy(() -> RealGlue.load("glue/rte", root))
                .isInstanceOf(UserError.class)
                .hasMessageMatching("\\Q" + root + "\\E/RTE/dev.tsv.gz:\\d+: cannot be read to its end: .* "
                        + "\\(allowed: a complete file\\)");
    }

    @Test
    void compressedNothing() throws IOException {
        Files.delete(dev);
        SmallGlue.write(root.resolve("RTE/dev.tsv.gz"), SmallGlue.gzip(""));
        assertRefused("RTE/dev.tsv.gz:1: unknown column '' (allowed columns: index, sentence1, " + "sentence2, label)");
    }

    @Test
    void compressedContentChanged() throws IOException {
        Files.delete(dev);
        byte[] bytes = SmallGlue.gzip(SmallGlue.RTE_DEV);
        bytes[bytes.length / 2] ^= 0x55;
        SmallGlue.write(root.resolve("RTE/dev.tsv.gz"), bytes);
        assertThatThrownBy(() -> RealGlue.load("glue/rte", root)).isInstanceOf(UserError.class);
    }

    @Test
    void aSplitInTwoFiles() throws IOException {
        SmallGlue.write(root.resolve("rte/validation.jsonl"), SmallGlue.RTE_DEV_JSON);
        assertRefused(": split 'dev' of glue/rte is there 2 times: RTE/dev.tsv, rte/validation.jsonl (allowed: once)");
    }

    @Test
    void jsonLinesThatAreNone() throws IOException {
        Files.delete(dev);
        Path json = root.resolve("RTE/dev.jsonl");
        SmallGlue.write(json, SmallGlue.RTE_DEV_JSON.replace("\"label\": 1", "\"label\": 2"));
        assertRefused("RTE/dev.jsonl:3: column 'label' holds '2' (allowed: 0 = entailment, 1 = not_entailment)");
        SmallGlue.write(json, SmallGlue.RTE_DEV_JSON.replace("\"Ann came.\"", "7"));
        assertRefused("RTE/dev.jsonl:2: key 'sentence2' holds 7 (allowed: text)");
        SmallGlue.write(json, SmallGlue.RTE_DEV_JSON.replace("sentence2", "hypothesis"));
        assertRefused("RTE/dev.jsonl:1: unknown column 'hypothesis' (allowed columns: sentence1, "
                + "sentence2, label; optional: idx)");
        SmallGlue.write(json, SmallGlue.RTE_DEV_JSON + "[1]\n");
        assertRefused("RTE/dev.jsonl:4: '[1]' (allowed: one JSON object a line)");
        for (String broken : List.of("{\"sentence1\": ", "{\"idx\": 1, \"idx\": 1}", "{} {}")) {
            SmallGlue.write(json, SmallGlue.RTE_DEV_JSON + broken);
            assertThatThrownBy(() -> RealGlue.load("glue/rte", root))
                    .isInstanceOf(UserError.class)
                    .hasMessageStartingWith(json + ":4: ")
                    .hasMessageEndingWith("(allowed: one JSON object a line)");
        }
    }

    @Test
    void scoresOffTheScale() throws IOException {
        String names = "index\tgenre\tfilename\tyear\told_index\tsource1\tsource2\tsentence1\tsentence2\tscore\n";
        for (String score : List.of("5.1", "-1", "NaN", "", "1e0", "4,5")) {
            SmallGlue.write(
                    root.resolve("STS-B/train.tsv"), names + "0\tg\tf\ty\t1\tn\tn\tOne.\tTwo.\t" + score + "\n");
            assertThatThrownBy(() -> RealGlue.load("glue/sts-b", root))
                    .as(score)
                    .isInstanceOf(UserError.class)
                    .hasMessage(root + "/STS-B/train.tsv:2: column 'score' holds '" + score
                            + "' (allowed: a number from 0 to 5)");
        }
    }

    @Test
    void noMoreRowsThanKnownAreLeftOut() throws IOException {
        String names = "id\tqid1\tqid2\tquestion1\tquestion2\tis_duplicate\n";
        String good = "1\t1\t2\tWhy?\tHow?\t0\n";
        String cut = "1\t1\t2\tWhy?\n";
        SmallGlue.write(root.resolve("QQP/train.tsv"), names + cut + good + cut + cut + good);
        SmallGlue.write(root.resolve("QQP/dev.tsv"), names + good);
        TaskData data = RealGlue.load("glue/qqp", root);
        assertThat(data.train().examples()).extracting(e -> e.id()).containsExactly("train-0", "train-1");
        assertThat(data.facts("train").refused()).containsExactly(entry("4 columns of 6", 3L));
        assertThat(data.facts("train").rowsRead()).isEqualTo(5);
        SmallGlue.write(root.resolve("QQP/train.tsv"), names + cut + good + cut + cut + cut);
        assertThatThrownBy(() -> RealGlue.load("glue/qqp", root))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("QQP/train.tsv:6: 4 columns (allowed: 6");
        SmallGlue.write(root.resolve("QQP/train.tsv"), names + good);
        SmallGlue.write(root.resolve("QQP/dev.tsv"), names + good + cut);
        assertThatThrownBy(() -> RealGlue.load("glue/qqp", root))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("QQP/dev.tsv:3: 4 columns (allowed: 6");
    }

    private void assertRefused(String ending) {
        assertThatThrownBy(() -> RealGlue.load("glue/rte", root))
                .isInstanceOf(UserError.class)
                .hasMessage(ending.startsWith(":") ? root + ending : root + "/" + ending);
    }

    @Test
    void aNamedPipeIsNotWaitedFor() throws IOException, InterruptedException {
        Files.delete(dev);
        Process made;
        try {
            made = new ProcessBuilder("mkfifo", dev.toString()).inheritIO().start();
        } catch (IOException e) {
            assumeTrue(false, "SKIPPED: mkfifo is not installed");
            return;
        }
        assertThat(made.waitFor()).isZero();
        assertRefused("RTE/dev.tsv: not a file (allowed: a regular file, or a link to one)");
    }
}
