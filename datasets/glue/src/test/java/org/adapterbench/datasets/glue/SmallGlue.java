package org.adapterbench.datasets.glue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
