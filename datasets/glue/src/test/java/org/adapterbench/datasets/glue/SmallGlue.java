package org.adapterbench.datasets.glue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Writes small made-up files in the layouts of GLUE. */
final class SmallGlue {

    static final String RTE_TRAIN = "index\tsentence1\tsentence2\tlabel\n"
            + "0\tIt \"rains.\tIt is wet. \tentailment\n"
            + "1\tA cat naps.\tA dog naps.\tnot_entailment\n";
    static final String RTE_DEV = "index\tsentence1\tsentence2\tlabel\n"
            + "0\tIt snows.\tIt is cold.\tentailment\n"
            + "1\tNobody came.\tAnn came.\tnot_entailment\n"
            + "2\tBo sings.\tBo dances.\tnot_entailment\n";
    static final String RTE_DEV_JSON = """
            {"sentence1": "It snows.", "sentence2": "It is cold.", "label": 0, "idx": 0}
            {"sentence1": "Nobody came.", "sentence2": "Ann came.", "label": "not_entailment", "idx": 1}
            {"sentence1": "Bo sings.", "sentence2": "Bo dances.", "label": 1}
            """;

    /** Places in {@link GlueTable#all}. */
    static final int COLA = 0;

    static final int STS_B = 3;
    static final int QQP = 4;
    static final int RTE = 7;

    private SmallGlue() {}

    static Path write(Path file, String content) throws IOException {
        return write(file, content.getBytes(StandardCharsets.UTF_8));
    }

    static Path write(Path file, byte[] content) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.write(file, content);
    }

    static byte[] gzip(String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    /** A complete RTE folder in the original layout. */
    static void writeRte(Path root) throws IOException {
        write(root.resolve("RTE/train.tsv"), RTE_TRAIN);
        write(root.resolve("RTE/dev.tsv"), RTE_DEV);
    }

    /** Small files in the original layout for the fuzzer, which chooses the task by the first byte. */
    static List<byte[]> tsvSeeds() {
        String scores = "index\tgenre\tfilename\tyear\told_index\tsource1\tsource2\tsentence1\tsentence2\tscore\n";
        String questions = "id\tqid1\tqid2\tquestion1\tquestion2\tis_duplicate\n";
        return List.of(
                seed(RTE, true, RTE_TRAIN),
                seed(RTE, true, "\uFEFF" + RTE_DEV.replace("\n", "\r\n")),
                seed(RTE, false, "index\tsentence1\tsentence2\n0\tIt snows.\tIt is cold.\n"),
                seed(STS_B, true, scores + "0\tg\tf\ty\t1\tn\tn\tOne.\tTwo.\t3.8\n"),
                seed(QQP, true, questions + "1\t1\t2\tWhy?\n1\t1\t2\tWhy?\tHow?\t0\n"),
                seed(COLA, true, "gj04\t1\t\tIt rains.\ngj04\t0\t*\tRains it.\n"));
    }

    /** The same as JSON Lines. */
    static List<byte[]> jsonSeeds() {
        return List.of(
                seed(RTE, true, RTE_DEV_JSON),
                seed(STS_B, true, "{\"sentence1\": \"One.\", \"sentence2\": \"Zwei \\u00e9.\", \"label\": 3.8}\n"),
                seed(COLA, true, "{\"sentence\": \"It rains.\", \"label\": \"acceptable\", \"idx\": 0}\n"));
    }

    /** A seed whose content is compressed. */
    static byte[] gzipSeed(byte[] seed) {
        try {
            byte[] zipped = gzip(new String(seed, 1, seed.length - 1, StandardCharsets.UTF_8));
            return ByteBuffer.allocate(zipped.length + 1)
                    .put(seed[0])
                    .put(zipped)
                    .array();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] seed(int task, boolean labelled, String content) {
        return GlueFuzz.seed(task, labelled, content.getBytes(StandardCharsets.UTF_8));
    }
}
