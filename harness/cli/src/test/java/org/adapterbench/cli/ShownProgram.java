package org.adapterbench.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.adapterbench.core.CacheFolder;

/**
 * {@code adapterbench} in processes of its own, as on a terminal of 200 columns, where progress is shown often.
 *
 * @param cache holds the unpacked native libraries
 * @param out   where experiments have their folders
 */
record ShownProgram(CacheFolder cache, Path out) {

    ChildJvm start(String... arguments) {
        return start(List.of(), Map.of(), Main.class, arguments);
    }

    /**
     * @param options     of the JVM, beside the usual ones
     * @param environment beside this process's own
     */
    ChildJvm start(List<String> options, Map<String, String> environment, Class<?> program, String... arguments) {
        Map<String, String> variables = new TreeMap<>(environment);
        variables.put("ADAPTERBENCH_CACHE", cache.root().toString());
        variables.put("OUT", out.toString());
        List<String> usual =
                List.of("-Dorg.bytedeco.javacpp.cachedir=" + cache.natives(), "-Dadapterbench.columns=200");
        return ChildJvm.start(
                ChildJvm.interruptible(),
                Stream.concat(usual.stream(), options.stream()).toList(),
                variables,
                program,
                arguments);
    }
}
