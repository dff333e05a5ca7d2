package org.adapterbench.datasets.wordnet;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** The pinned content hashes: what the constructions give on the dictionary that the suite was made for. */
final class Manifest {

    private static final String RESOURCE = "manifest.tsv";
    static final String HEADER = "task\tsplit\tcontentSha256";

    private final Map<String, String> hashes;

    private Manifest(Map<String, String> hashes) {
        this.hashes = hashes;
    }

    static Manifest read() {
        Map<String, String> hashes = new TreeMap<>();
        try (InputStream in = Manifest.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("resource " + RESOURCE + " is missing");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            text.lines().skip(1).map(line -> line.split("\t")).forEach(f -> hashes.put(f[0] + "\t" + f[1], f[2]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Manifest(hashes);
    }

    /** Whether the split's content is the pinned one. */
    boolean agrees(String task, String split, String contentSha256) {
        return contentSha256.equals(hashes.get(task + "\t" + split));
    }
}
