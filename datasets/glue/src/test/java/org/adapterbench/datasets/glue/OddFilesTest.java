package org.adapterbench.datasets.glue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.adapterbench.api.UserError;
import org.adapterbench.api.task.LabelledExample;
import org.adapterbench.api.task.LabelledSplit;
import org.adapterbench.api.task.SplitFacts.ContentStatus;
import org.adapterbench.api.task.TaskData;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every deviating file that was found in the wild is read right, or refused in one line that says what and where. */
final class OddFilesTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void realFilesAreAtHand() {
        RealGlue.folder();
    }

    @Test
    void theParquetFileHasTheSameContentAsTheTsvFile() throws IOException {
        place("RTE", "RTE__validation.hf.parquet", "validation-00000-of-00001.parquet", "train.tsv.gz");
        TaskData parquet = RealGlue.load("glue/rte", folder);
        TaskData tsv = RealGlue.load("glue/rte", RealGlue.folder());
        assertThat(parquet.facts("dev")).isEqualTo(tsv.facts("dev"));
        assertThat(parquet.facts("dev").status()).isEqualTo(ContentStatus.OFFICIAL);
        assertThat(parquet.evaluation()).isEqualTo(tsv.evaluation());
    }

    @Test
    void untokenisedMrpcIsReadAndIsOtherContent() throws IOException {
        place("MRPC", "MRPC__dev.untokenised.bom.tsv", "dev.tsv", "train.tsv.gz");
        TaskData data = RealGlue.load("glue/mrpc", folder);
        TaskData official = RealGlue.load("glue/mrpc", RealGlue.folder());
        assertThat(data.facts("dev").rows()).isEqualTo(408);
        assertThat(data.facts("dev").labels()).isEqualTo(official.facts("dev").labels());
        assertThat(data.facts("dev").status()).isEqualTo(ContentStatus.OTHER);
        assertThat(dev(data).get(0).input().second()).startsWith("\"The foodservice");
    }

    @Test
    void originalMicrosoftTrainingFileIsReadWithItsBareQuotes() throws IOException {
        place("MRPC", "MRPC__msr_paraphrase_train.untokenised.bom.head300.txt", "dev.tsv", "train.tsv.gz");
        Path source = RealGlue.odd("MRPC__msr_paraphrase_train.untokenised.bom.head300.txt");
        TaskData data = RealGlue.load("glue/mrpc", folder);
        List<String> lines = Files.readString(source).lines().skip(1).toList();
        assertThat(dev(data)).hasSameSizeAs(lines);
        for (int i = 0; i < lines.size(); i++) {
            String[] cells = lines.get(i).split("\t", -1);
            assertThat(dev(data).get(i).input().first()).isEqualTo(cells[3]);
            assertThat(dev(data).get(i).input().second()).isEqualTo(cells[4]);
            assertThat(dev(data).get(i).target()).isEqualTo(cells[0].charAt(0) - '0');
        }
        assertThat(data.facts("dev").status()).isEqualTo(ContentStatus.OTHER);
    }

    @Test
    void labelledMicrosoftTestFileIsTheOfficialTestWithoutItsLabels() throws IOException {
        place("MRPC", "MRPC__msr_paraphrase_test.senteval.bom.txt", "test.tsv", "train.tsv.gz", "dev.tsv.gz");
        assertThat(RealGlue.withheld("glue/mrpc", folder)).singleElement().satisfies(read -> {
            assertThat(read.facts().status()).isEqualTo(ContentStatus.OFFICIAL);
            assertThat(read.facts().labels()).isEmpty();
            assertThat(read.split().inputs()).hasSize(1725);
        });
    }

    @Test
    void twelveColumnsOfMnliAreRead() throws IOException {
        place("MNLI", "MNLI__train.official12col.tiny.tsv", "train.tsv", "dev_matched.tsv.gz", "dev_mismatched.tsv.gz");
        TaskData data = RealGlue.load("glue/mnli", folder);
        assertThat(data.train().examples()).isNotEmpty();
        assertThat(data.train().examples().get(0).input().first()).startsWith("Conceptually cream skimming");
        assertThat(data.facts("train").status()).isEqualTo(ContentStatus.OTHER);
    }

    @Test
    void carriageReturnsBelongToTheLineEnds() throws IOException {
        place("QQP", "QQP__dev.crlf.tiny.tsv", "dev.tsv", "train.tsv.gz");
        TaskData crlf = RealGlue.load("glue/qqp", folder);
        assertThat(dev(crlf))
                .hasSizeGreaterThan(3)
                .noneMatch(e -> String.valueOf(e.input().second()).contains("\r"));

        Path file = folder.resolve("QQP/dev.tsv");
        Files.writeString(file, Files.readString(file).replace("\r\n", "\n"));
        assertThat(RealGlue.load("glue/qqp", folder).facts("dev")).isEqualTo(crlf.facts("dev"));
    }

    @Test
    void aFileWithoutColumnNamesIsRefused() throws IOException {
        place("QQP", "QQP__train.noheader.missing-tab.head300.tsv", "train.tsv", "dev.tsv.gz");
        assertRefused(
                "glue/qqp",
                "QQP/train.tsv:1: unknown column '133273' (allowed columns: id, qid1, "
                        + "qid2, question1, question2, is_duplicate)");
    }

    @Test
    void aRowWithAnExtraColumnIsRefused() throws IOException {
        place("RTE", "RTE__train.extra-tab.excerpt.tsv", "train.tsv", "dev.tsv.gz");
        int line = lineWithTabs(folder.resolve("RTE/train.tsv"), 4);
        assertRefused(
                "glue/rte", "RTE/train.tsv:" + line + ": 5 columns (allowed: 4: index, sentence1, sentence2, label)");
    }

    @Test
    void renamedColumnsAreRefused() throws IOException {
        place("SST-2", "SST-2__dev.label-first.tsv", "dev.tsv", "train.tsv.gz");
        assertRefused("glue/sst-2", "SST-2/dev.tsv:1: unknown column 'text_a' " + "(allowed columns: sentence, label)");
    }

    @Test
    void aFileOfQuotedCellsWithoutTheIndexIsRefused() throws IOException {
        place("QNLI", "QNLI__test.twocols.csvquoted.head300.csv", "test.tsv", "train.tsv.gz", "dev.tsv.gz");
        assertRefused(
                "glue/qnli",
                "QNLI/test.tsv:1: column 'index' is missing (allowed columns: index, question, " + "sentence)");
    }

    /** An odd file under an official name, with real files for the other splits. */
    private void place(String task, String oddName, String name, String... others) throws IOException {
        RealGlue.copy(RealGlue.odd(oddName), folder.resolve(task).resolve(name));
        for (String other : others) {
            RealGlue.copy(
                    RealGlue.folder().resolve(task).resolve(other),
                    folder.resolve(task).resolve(other));
        }
    }

    private void assertRefused(String task, String ending) {
        assertThatThrownBy(() -> {
                    RealGlue.load(task, folder);
                    RealGlue.withheld(task, folder);
                })
                .isInstanceOf(UserError.class)
                .hasMessage(folder + "/" + ending);
    }

    private static int lineWithTabs(Path file, int tabs) throws IOException {
        List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).chars().filter(c -> c == '\t').count() == tabs) {
                return i + 1;
            }
        }
        throw new AssertionError("no line with " + tabs + " tabs");
    }

    private static List<LabelledExample> dev(TaskData data) {
        LabelledSplit dev = data.evaluation().get(0);
        assertThat(dev.name()).isEqualTo("dev");
        return dev.examples();
    }
}
