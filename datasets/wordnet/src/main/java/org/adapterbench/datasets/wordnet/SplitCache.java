package org.adapterbench.datasets.wordnet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.adapterbench.api.Reason;
import org.adapterbench.api.Sha256;
import org.adapterbench.api.UserError;
import org.adapterbench.api.task.LabelledExample;
import org.adapterbench.api.task.LabelledSplit;
import org.adapterbench.api.task.TextInput;

/**
 * A constructed task on disk: one UTF-8 file of tab-separated lines (split, id, target, first text, second
 * text) and beside it the file's SHA-256. Both are written whole and moved into place, so several processes may
 * write at once; whatever does not fit its checksum counts as absent.
 */
final class SplitCache {

    private final Path file;
    private final Path checksum;

    SplitCache(Path folder, Construction construction) {
        String name = construction.task().name().replace('/', '-') + "-v" + construction.version();
        this.file = folder.resolve(name + ".tsv");
        this.checksum = folder.resolve(name + ".tsv.sha256");
    }

    Optional<Division> read() {
        try {
            if (!Files.isRegularFile(file) || !Files.isRegularFile(checksum)) {
                return Optional.empty();
            }
            byte[] bytes = Files.readAllBytes(file);
            String expected = Files.readString(checksum, StandardCharsets.UTF_8).strip();
            if (!new Sha256().add(bytes).hex().equals(expected)) {
                return Optional.empty();
            }
            return Optional.of(parse(new String(bytes, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UserError(file + ": cannot be read: " + Reason.of(e) + " (allowed: a readable file)", e);
        }
    }

    void write(Division division) {
        StringBuilder text = new StringBuilder();
        append(text, division.train());
        append(text, division.dev());
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        try {
            Files.createDirectories(file.getParent());
            replace(file, bytes);
            replace(checksum, (new Sha256().add(bytes).hex() + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UserError(
                    file.getParent() + ": cannot be written: " + Reason.of(e) + " (allowed: a writable folder;"
                            + " ADAPTERBENCH_CACHE names another cache)",
                    e);
        }
    }

    private static void replace(Path target, byte[] bytes) throws IOException {
        // No temporary file in Java's sense, which its owner alone can read.
        Path temporary = target.resolveSibling(target.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            Files.write(temporary, bytes);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void append(StringBuilder text, LabelledSplit split) {
        for (LabelledExample example : split.examples()) {
            TextInput input = example.input();
            text.append(split.name()).append('\t').append(input.id()).append('\t');
            text.append(example.target()).append('\t').append(input.first());
            if (input.second() != null) {
                text.append('\t').append(input.second());
            }
            text.append('\n');
        }
    }

    private static Division parse(String text) {
        List<LabelledExample> train = new ArrayList<>();
        List<LabelledExample> dev = new ArrayList<>();
        for (int start = 0; start < text.length(); ) {
            int end = text.indexOf('\n', start);
            String[] fields = text.substring(start, end).split("\t", -1);
            TextInput input = new TextInput(fields[1], fields[3], fields.length > 4 ? fields[4] : null);
            (fields[0].equals("train") ? train : dev).add(new LabelledExample(input, Float.parseFloat(fields[2])));
            start = end + 1;
        }
        return new Division(new LabelledSplit("train", train), new LabelledSplit("dev", dev));
    }
}
