package org.adapterbench.core.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.adapterbench.core.CacheFolder;
import org.junit.jupiter.api.Test;

class TensorFlowProcessTest {

    private static final CacheFolder CACHE = new CacheFolder(Path.of("/a/cache"));

    @Test
    void everyProcessHasTheseOptions() {
        assertThat(TensorFlowProcess.java(CACHE, "3g", 17))
                .containsExactly(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx3g",
                        "-Dfile.encoding=UTF-8",
                        "-Dorg.bytedeco.javacpp.cachedir=/a/cache/natives",
                        "-Dorg.bytedeco.javacpp.maxBytes=0",
                        "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0");
    }

    @Test
    void fromJava24OnNativeAccessIsAskedFor() {
        List<String> before = TensorFlowProcess.java(CACHE, "3g", 23);

        assertThat(before).isEqualTo(TensorFlowProcess.java(CACHE, "3g", 17));
        assertThat(TensorFlowProcess.java(CACHE, "3g", 24))
                .startsWith(before.toArray(String[]::new))
                .endsWith("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");
    }
}
