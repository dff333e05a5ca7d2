package org.adapterbench.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One input that a user can give and that is refused.
 *
 * @param name  under which the listing has the expected line
 * @param files content by path below the case's folder; null for a folder in a file's place
 */
record MalformedInput(String name, Map<String, byte[]> files) {

    /** What the command is told to plan, below the case's folder. */
    static final String EXPERIMENT = "experiment.yaml";

    /** Where it looks for GLUE. */
    static final String GLUE = "glue";

    MalformedInput {
        files = new LinkedHashMap<>(files);
    }

    /** Another file, or another content of one. */
    MalformedInput with(String path, byte[] content) {
        MalformedInput more = new MalformedInput(name, files);
        more.files.put(path, content);
        return more;
    }

    MalformedInput with(String path, String content) {
        return with(path, content.getBytes(StandardCharsets.UTF_8));
    }

    MalformedInput without(String path) {
        MalformedInput fewer = new MalformedInput(name, files);
        fewer.files.remove(path);
        return fewer;
    }

    /** Text may say FOLDER for the case's own. */
    void writeTo(Path folder) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            if (file.getValue() == null) {
                Files.createDirectories(path);
            } else {
                boolean experiment = file.getKey().equals(EXPERIMENT);
                Files.write(path, experiment ? located(file.getValue(), folder) : file.getValue());
            }
        }
    }

    private static byte[] located(byte[] experiment, Path folder) {
        // ISO 8859-1 keeps every byte.
        return new String(experiment, StandardCharsets.ISO_8859_1)
                .replace("FOLDER", folder.toString())
                .getBytes(StandardCharsets.ISO_8859_1);
    }
}
