package org.adapterbench.datasets.glue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.adapterbench.api.damage.Damage;
import org.adapterbench.api.damage.SpoiltFile;
import org.adapterbench.api.task.LabelledExample;

/** Whatever a data file holds, it is read right or refused in one line; {@code Refusal} says what that means. */
final class ReaderPropertiesTest {

    private static final SpoiltFile TSV = new SpoiltFile("train.tsv");
    private static final SpoiltFile JSON = new SpoiltFile("train.jsonl");

    /** What one row says. */
    record Sentences(String first, String second, int label) {}

    @Property(tries = 500, seed = "1")
    void spoiltTsvFilesAreReadOrRefused(@ForAll("tsv") byte[] bytes) {
        TsvFuzzer.read(bytes);
    }

    @Property(tries = 300, seed = "2")
    void spoiltCompressedFilesAreReadOrRefused(@ForAll("gzip") byte[] bytes) {
        TsvGzipFuzzer.read(bytes);
    }

    @Property(tries = 500, seed = "3")
    void spoiltJsonLinesAreReadOrRefused(@ForAll("json") byte[] bytes) {
        JsonLinesFuzzer.read(bytes);
    }

    @Property(tries = 500, seed = "4")
    void spoiltParquetFilesAreReadOrRefused(@ForAll("parquet") byte[] bytes) {
        ParquetFuzzer.read(bytes);
    }

    @Property(tries = 300, seed = "5")
    void soundTsvFilesAreReadAsTheyWereWritten(@ForAll("rows") List<Sentences> rows) throws IOException {
        StringBuilder file = new StringBuilder("label\tsentence2\tindex\tsentence1\n");
        rows.forEach(row -> file.append(row.label() == 0 ? "entailment" : "not_entailment")
                .append('\t')
                .append(row.second())
                .append("\t7\t")
                .append(row.first())
                .append('\n'));
        assertThat(read(Layout.TSV, TSV.holding(file.toString().getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(rows);
    }

    @Property(tries = 300, seed = "6")
    void soundJsonLinesAreReadAsTheyWereWritten(@ForAll("rows") List<Sentences> rows) throws IOException {
        StringBuilder file = new StringBuilder();
        rows.forEach(row -> file.append("{\"label\":")
                .append(row.label())
                .append(",\"sentence1\":")
                .append(quoted(row.first()))
                .append(",\"sentence2\":")
                .append(quoted(row.second()))
                .append("}\n"));
        assertThat(read(Layout.JSON_LINES, JSON.holding(file.toString().getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(rows);
    }

    private static List<Sentences> read(Layout layout, Path file) {
        GlueTask rte = GlueTable.get("glue/rte");
        SplitReader.Labelled read = new SplitReader(rte, rte.splits().get(0), Manifest.load())
                .labelled(new SplitFiles(layout, List.of(file)));
        assertThat(read.facts().refused()).isEmpty();
        assertThat(read.facts().rowsRead()).isEqualTo(read.split().examples().size());
        List<Sentences> rows = new ArrayList<>();
        for (LabelledExample example : read.split().examples()) {
            rows.add(new Sentences(
                    example.input().first(), String.valueOf(example.input().second()), (int) example.target()));
        }
        return rows;
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars()
                .forEach(c -> quoted.append(
                        c < ' ' || c == '"' || c == '\\' ? String.format(Locale.ROOT, "\\u%04x", c) : (char) c));
        return quoted.append('"').toString();
    }

    @Provide
    Arbitrary<byte[]> tsv() {
        return Damage.ofAny(TsvFuzzer.seeds());
    }

    @Provide
    Arbitrary<byte[]> gzip() {
        return Damage.ofAny(TsvGzipFuzzer.seeds());
    }

    @Provide
    Arbitrary<byte[]> json() {
        return Damage.ofAny(JsonLinesFuzzer.seeds());
    }

    @Provide
    Arbitrary<byte[]> parquet() {
        return Damage.ofAny(ParquetFuzzer.seeds());
    }

    /** Texts of all planes, quotation marks, spaces and other line ends among them; no tab, LF or NUL, no CR at an end. */
    @Provide
    Arbitrary<List<Sentences>> rows() {
        Arbitrary<String> texts = Arbitraries.strings()
                .withChars("\"'\\ ,{}\u2028\u0085\u00e9\uFEFF\u4e2d")
                .withCharRange('a', 'e')
                .ofMaxLength(12)
                .flatMap(text -> Arbitraries.of(text, text + " ", text + "\ud83d\ude00"));
        Arbitrary<Integer> labels = Arbitraries.integers().between(0, 1);
        return Combinators.combine(texts, texts, labels)
                .as(Sentences::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(5);
    }
}
