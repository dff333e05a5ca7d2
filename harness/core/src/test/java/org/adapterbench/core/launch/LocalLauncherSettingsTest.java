package org.adapterbench.core.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.adapterbench.api.UserError;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.core.CacheFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalLauncherSettingsTest {

    private static final CacheFolder CACHE = new CacheFolder(Path.of("/cache"));

    @Test
    void theEnvironmentSetsHeapAndPatience() {
        LocalLauncherSettings standard = LocalLauncherSettings.standard(CACHE, Map.of());
        LocalLauncherSettings own = LocalLauncherSettings.standard(
                CACHE,
                Map.of(
                        "ADAPTERBENCH_WORKER_HEAP", "6g",
                        "ADAPTERBENCH_HANG_MINUTES", "7",
                        "ADAPTERBENCH_CHECKPOINT_SECONDS", "0.25"));

        assertThat(standard.heap()).isEqualTo("2g");
        assertThat(standard.silence()).isEqualTo(Duration.ofMinutes(30));
        assertThat(standard.checkpointInterval()).isEqualTo(Duration.ofSeconds(60));
        assertThat(own.heap()).isEqualTo("6g");
        assertThat(own.silence()).isEqualTo(Duration.ofMinutes(7));
        assertThat(own.checkpointInterval()).isEqualTo(Duration.ofMillis(250));
        assertThat(WorkerProfile.command(own, Path.of("/crash")))
                .contains(
                        "-Xmx6g",
                        "-Dorg.bytedeco.javacpp.cachedir=/cache/natives",
                        "-XX:ErrorFile=/crash/hs_err_%p.log");
    }

    @ParameterizedTest
    @CsvSource({
        "ADAPTERBENCH_WORKER_HEAP, much",
        "ADAPTERBENCH_WORKER_HEAP, 0g",
        "ADAPTERBENCH_HANG_MINUTES, 0",
        "ADAPTERBENCH_HANG_MINUTES, 1.5",
        "ADAPTERBENCH_CHECKPOINT_SECONDS, -1",
        "ADAPTERBENCH_CHECKPOINT_SECONDS, soon"
    })
    void valuesThatMakeNoSenseAreRefused(String variable, String value) {
        assertThatThrownBy(() -> LocalLauncherSettings.standard(CACHE, Map.of(variable, value)))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith(variable + ": '" + value + "' (allowed: ");
    }

    @Test
    void fastNumericsLetTheProcessorChooseAndTheSpecSetTheThreads() {
        Map<String, String> shell = Map.of("ONEDNN_MAX_CPU_ISA", "SSE41", "KMP_AFFINITY", "x", "HOME", "/home");

        Map<String, String> worker = new WorkerProfile(Numerics.FAST, 8).environment(shell, CACHE);

        assertThat(worker)
                .containsEntry("TF_ENABLE_ONEDNN_OPTS", "1")
                .containsEntry("TF_NUM_INTRAOP_THREADS", "8")
                .containsEntry("TF_NUM_INTEROP_THREADS", "2")
                .containsEntry("DJL_OFFLINE", "true")
                .containsEntry("OPT_OUT_TRACKING", "true")
                .containsEntry("DJL_CACHE_DIR", "/cache/djl")
                .containsEntry("HOME", "/home")
                .doesNotContainKeys("ONEDNN_MAX_CPU_ISA", "KMP_AFFINITY");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TF_DETERMINISTIC_OPS",
                "TF_ENABLE_MKL_NATIVE_FORMAT",
                "TF_CPP_MAX_VLOG_LEVEL",
                "ONEDNN_VERBOSE",
                "ONEDNN_DEFAULT_FPMATH_MODE",
                "DNNL_MAX_CPU_ISA",
                "NVIDIA_TF32_OVERRIDE",
                "OMP_NUM_THREADS",
                "KMP_BLOCKTIME",
                "MKL_NUM_THREADS",
                "XLA_FLAGS",
                "GLIBC_TUNABLES"
            })
    void noNumericSwitchOfTheShellReachesAWorker(String variable) {
        for (Numerics numerics : Numerics.values()) {
            assertThat(new WorkerProfile(numerics, 2).environment(Map.of(variable, "1"), CACHE))
                    .doesNotContainKey(variable);
        }
    }
}
