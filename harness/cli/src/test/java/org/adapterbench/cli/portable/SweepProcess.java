package org.adapterbench.cli.portable;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.adapterbench.core.run.NumericsCheck;

/** {@link CacheSweep} in a process of its own, with the environment of portable numerics. */
final class SweepProcess {

    private SweepProcess() {}

    /**
     * What a sweep printed.
     *
     * @param own    sizes that the processor itself names
     * @param hashes by what was computed and the sizes
     */
    record Sweep(String own, SortedMap<String, SortedMap<String, String>> hashes) {}

    /** @param errors file for what the process complains about */
    static Sweep run(Path errors, String heap, String... what) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-Dorg.bytedeco.javacpp.cachedir=" + System.getProperty("org.bytedeco.javacpp.cachedir"),
                "-Dorg.bytedeco.javacpp.maxBytes=0",
                "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                "-cp",
                System.getProperty("java.class.path"),
                CacheSweep.class.getName()));
        command.addAll(List.of(what));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeAll(NumericsCheck.FORBIDDEN_ENVIRONMENT);
        environment.putAll(NumericsCheck.PORTABLE_ENVIRONMENT);
        Process process = builder.start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(() -> read(errors)).isZero();
            return parse(output);
        } finally {
            process.destroyForcibly();
        }
    }

    private static Sweep parse(String output) {
        SortedMap<String, SortedMap<String, String>> hashes = new TreeMap<>();
        String own = "";
        for (String line : output.lines().toList()) {
            String[] parts = line.split("\t");
            if (parts[0].equals(CacheSweep.OWN)) {
                own = parts[1];
            } else {
                hashes.computeIfAbsent(parts[0], name -> new TreeMap<>()).put(parts[1], parts[2]);
            }
        }
        return new Sweep(own, hashes);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "no error output";
        }
    }
}
