package org.adapterbench.core.provenance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The processor as Linux describes it.
 *
 * @param model    name
 * @param features those of {@link #TELLING} that it has, in that order
 */
record Processor(String model, String features) {

    /** The vector extensions that decide which kernels a library may take. */
    private static final List<String> TELLING = List.of(
            "sse4_1",
            "avx",
            "f16c",
            "fma",
            "avx2",
            "avx512f",
            "avx512dq",
            "avx512bw",
            "avx512vl",
            "avx512_vnni",
            "avx512_bf16",
            "amx_bf16",
            "asimd",
            "sve");

    private static final Path FACTS = Path.of("/proc/cpuinfo");

    static Processor read() {
        try {
            return parse(Files.readAllLines(FACTS, StandardCharsets.UTF_8));
        } catch (IOException e) {
            return new Processor("unknown", "");
        }
    }

    static Processor parse(List<String> lines) {
        List<String> flags = Arrays.asList(value(lines, "flags|Features", "").split("\\s+"));
        String features = TELLING.stream().filter(flags::contains).collect(Collectors.joining(" "));
        return new Processor(value(lines, "model name|CPU part", "unknown"), features);
    }

    private static String value(List<String> lines, String keys, String otherwise) {
        return lines.stream()
                .filter(line -> line.matches("(" + keys + ")\\s*:.*"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(otherwise);
    }
}
