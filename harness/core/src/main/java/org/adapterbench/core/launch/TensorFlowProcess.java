package org.adapterbench.core.launch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.adapterbench.core.CacheFolder;

/** How a JVM is started that loads TensorFlow: the one place for the options that each such process needs. */
public final class TensorFlowProcess {

    private static final int RESTRICTS_NATIVE_ACCESS = 24;

    private TensorFlowProcess() {}

    /**
     * The words up to the class path: this process's own Java, and its options.
     *
     * @param cache holds the unpacked native libraries
     * @param heap  as {@code -Xmx} takes it; tensors live outside
     */
    public static List<String> java(CacheFolder cache, String heap) {
        return java(cache, heap, Runtime.version().feature());
    }

    static List<String> java(CacheFolder cache, String heap, int version) {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-Dfile.encoding=UTF-8",
                "-Dorg.bytedeco.javacpp.cachedir=" + cache.natives(),
                // JavaCPP would count native memory against -Xmx and then sleep and throw.
                "-Dorg.bytedeco.javacpp.maxBytes=0",
                "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0"));
        if (version >= RESTRICTS_NATIVE_ACCESS) {
            words.add("--enable-native-access=ALL-UNNAMED");
            words.add("--sun-misc-unsafe-memory-access=allow");
        }
        return words;
    }
}
