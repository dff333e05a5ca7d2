package org.adapterbench.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Data files that are none, or another task's, or cut; and all the ways in which copies on the web deviate. */
final class MalformedData {

    private static final String DEV = "glue/RTE/dev.tsv";
    private static final String JSON = "glue/RTE/dev.jsonl";
    private static final String PARQUET = "glue/rte/validation-00000-of-00001.parquet";
    private static final String NAMES = "index\tsentence1\tsentence2\tlabel\n";
    private static final String ROWS =
            "0\tIt rains.\tIt is wet.\tentailment\n1\tA cat naps.\tA dog naps.\tnot_entailment\n";
    private static final String OBJECT =
            "{\"sentence1\": \"It rains.\", \"sentence2\": \"It is wet.\", \"label\": 0}\n";

    private static final MalformedInput SOUND = new MalformedInput("", Map.of())
            .with(
                    MalformedInput.EXPERIMENT,
                    MalformedExperiments.SOUND
                            .replace("wordnet/accept", "glue/rte")
                            .replace("full", "head-only"))
            .with("glue/RTE/train.tsv", NAMES + ROWS)
            .with(DEV, NAMES + ROWS);

    private final List<MalformedInput> all = new ArrayList<>();

    private MalformedData() {}

    static List<MalformedInput> all() {
        MalformedData cases = new MalformedData();
        cases.noData();
        cases.otherTsv();
        cases.otherJson();
        cases.noParquet();
        return cases.all;
    }

    private void noData() {
        tsv("empty", "");
        tsv("a Git LFS pointer", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n");
        tsv("a web page", "<!DOCTYPE html>\n<html><body>404: not found</body></html>\n");
        tsv("an error in XML", "<?xml version='1.0'?><Error><Code>AccessDenied</Code></Error>");
        tsv("binary", filled(5000, 0xfe));
        tsv("a zip archive", new byte[] {'P', 'K', 3, 4, 20, 0, 0, 0});
        tsv("a parquet file under this name", "PAR1" + "\0".repeat(40) + "PAR1");
        tsv("gzip under this name", gzip(NAMES + ROWS));
        add(data("tsv: a folder in its place").with(DEV, (byte[]) null));
        add(data("tsv.gz: not compressed").without(DEV).with(DEV + ".gz", NAMES + ROWS));
        byte[] zipped = gzip(NAMES + ROWS);
        add(data("tsv.gz: cut").without(DEV).with(DEV + ".gz", Arrays.copyOf(zipped, zipped.length - 20)));
        add(data("tsv.gz: of one endless line").without(DEV).with(DEV + ".gz", gzip("x".repeat(5_000_000))));
        add(data("tsv.gz: of endless rows")
                .without(DEV)
                .with(DEV + ".gz", gzip(NAMES + "0\ta\tb\tentailment\n".repeat(1_000_001))));
        add(data("data: a task's folder missing")
                .without(DEV)
                .without("glue/RTE/train.tsv")
                .with("glue/x", ""));
        add(data("data: a split missing").without(DEV));
        add(data("data: a split in two layouts").with(JSON, OBJECT));
    }

    private void otherTsv() {
        tsv("a NUL byte", NAMES + ROWS.replace("cat", "c\0t"));
        tsv("Latin-1", (NAMES + ROWS.replace("cat", "\u00e9")).getBytes(StandardCharsets.ISO_8859_1));
        tsv("UTF-16", (NAMES + ROWS).getBytes(StandardCharsets.UTF_16));
        tsv("a huge line", NAMES + ROWS + "2\t" + "x".repeat(2_000_000) + "\ty\tentailment\n");
        tsv("names and nothing else", NAMES);
        tsv("no names", ROWS);
        tsv("names that speak to the terminal", NAMES.replace("index", "\u001b]0;x\u0007\u202Eindex") + ROWS);
        tsv("a column renamed", NAMES.replace("sentence1", "text_a") + ROWS);
        tsv("a column twice", NAMES.replace("sentence2", "sentence1") + ROWS);
        tsv("no labels", "index\tsentence1\tsentence2\n0\ta\tb\n");
        tsv("comma-separated", (NAMES + ROWS).replace('\t', ','));
        tsv("cells swapped", NAMES + "entailment\tIt rains.\tIt is wet.\t0\n");
        tsv("numbers for label names", NAMES + ROWS.replace("not_entailment", "1"));
        tsv("a label cut", NAMES + ROWS.substring(0, ROWS.length() - 5));
        tsv("a row cut", NAMES + ROWS.substring(0, ROWS.length() - 16));
        tsv("a tab too many", NAMES + ROWS.replace("cat", "c\tat"));
        tsv("a tab too few", NAMES + ROWS.replace("naps.\tA", "naps. A"));
        tsv("an empty line", NAMES + "\n" + ROWS);
        tsv("lines ended by CR alone", (NAMES + ROWS).replace('\n', '\r'));
    }

    private void otherJson() {
        json("no JSON", "It rains.\n");
        json("an array", "[1]\n");
        json("cut", OBJECT.substring(0, 30));
        json("a key twice", OBJECT.replace("{", "{\"label\": 1, "));
        json("a key missing", OBJECT.replace(", \"label\": 0", ""));
        json("a key renamed", OBJECT.replace("sentence2", "hypothesis"));
        json("a number for a text", OBJECT.replace("\"It is wet.\"", "7"));
        json("an unknown label", OBJECT.replace("0}", "2}"));
        json("half a label", OBJECT.replace("0}", "0.5}"));
        json("a label that is a list", OBJECT.replace("0}", "[0]}"));
        json("two objects in a line", OBJECT.strip() + OBJECT);
        json("one object over several lines", OBJECT.replace(", ", ",\n"));
        json("deep nesting", "{\"sentence1\":" + "[".repeat(5000) + "\n");
        json("a number without end", OBJECT.replace("0}", "9".repeat(5000) + "}"));
    }

    private void noParquet() {
        parquet("text", NAMES + ROWS);
        parquet("its first bytes alone", "PAR1");
        parquet("no footer", "PAR1" + "x".repeat(100) + "PAR1");
        parquet("a footer beyond the file", new byte[] {'P', 'A', 'R', '1', 0, 0, -1, -1, -1, 127, 'P', 'A', 'R', '1'});
        parquet("a web page", "<html>401</html>");
        add(data("parquet: a shard missing").without(DEV).with("glue/rte/validation-00001-of-00002.parquet", "PAR1"));
    }

    private static MalformedInput data(String name) {
        return new MalformedInput(name, SOUND.files());
    }

    private void add(MalformedInput input) {
        all.add(input);
    }

    private void tsv(String name, String content) {
        tsv(name, content.getBytes(StandardCharsets.UTF_8));
    }

    private void tsv(String name, byte[] content) {
        add(data("tsv: " + name).with(DEV, content));
    }

    private void json(String name, String content) {
        add(data("json lines: " + name).without(DEV).with(JSON, content));
    }

    private void parquet(String name, String content) {
        parquet(name, content.getBytes(StandardCharsets.UTF_8));
    }

    private void parquet(String name, byte[] content) {
        add(data("parquet: " + name).without(DEV).with(PARQUET, content));
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static byte[] gzip(String content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
