package org.adapterbench.core.launch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.record.RunSpec;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.run.NumericsCheck;

/**
 * What must be settled before a worker starts, because TensorFlow reads it once: a worker serves only runs of
 * its own profile.
 */
public record WorkerProfile(Numerics numerics, int threads) {

    /** What the names of TensorFlow's switches, and of its libraries', begin with. */
    private static final List<String> SWITCHES =
            List.of("TF_", "ONEDNN_", "DNNL_", "NVIDIA_TF32_OVERRIDE", "OMP_", "KMP_", "MKL_", "XLA_");

    static WorkerProfile of(RunSpec spec) {
        return new WorkerProfile(spec.numerics(), spec.threads());
    }

    /** The environment of the worker. */
    public Map<String, String> environment(Map<String, String> inherited, CacheFolder cache) {
        Map<String, String> environment = new TreeMap<>(inherited);
        // Switches that change numbers come from the run's spec alone, never from the user's shell.
        environment.keySet().removeIf(name -> SWITCHES.stream().anyMatch(name::startsWith));
        environment.keySet().removeAll(NumericsCheck.FORBIDDEN_ENVIRONMENT);
        switch (numerics) {
            case PORTABLE -> environment.putAll(NumericsCheck.PORTABLE_ENVIRONMENT);
            case FAST, FAST_BF16 -> {
                environment.put("TF_ENABLE_ONEDNN_OPTS", "1");
                environment.put("TF_OVERRIDE_GLOBAL_THREADPOOL", "1");
                environment.put("TF_NUM_INTRAOP_THREADS", Integer.toString(threads));
                environment.put("TF_NUM_INTEROP_THREADS", Integer.toString(numerics.interOpThreads()));
            }
        }
        // TensorFlow's own pool keeps what a step frees for the next one: less memory in pieces, fewer page faults.
        environment.put("TF_CPU_ALLOCATOR_USE_BFC", "true");
        environment.put("TF_CPP_MIN_LOG_LEVEL", "1");
        // The tokenizer library neither reports usage nor downloads anything.
        environment.put("OPT_OUT_TRACKING", "true");
        environment.put("DJL_OFFLINE", "true");
        environment.put("RUST_FLAVOR", "cpu");
        environment.put("DJL_CACHE_DIR", cache.root().resolve("djl").toString());
        environment.put("ADAPTERBENCH_CACHE", cache.root().toString());
        return environment;
    }

    /** The command line of the worker. */
    static List<String> command(LocalLauncherSettings settings, Path crashFolder) {
        List<String> command = new ArrayList<>(TensorFlowProcess.java(settings.cache(), settings.heap()));
        command.addAll(List.of(
                // Arrays on their way to TensorFlow are garbage at once; the heap grows for what lives alone.
                "-XX:+UseSerialGC",
                "-Xms32m",
                "-XX:MinHeapFreeRatio=10",
                "-XX:MaxHeapFreeRatio=20",
                "-XX:ErrorFile=" + crashFolder.resolve("hs_err_%p.log"),
                "-XX:-CreateCoredumpOnCrash",
                "-cp",
                System.getProperty("java.class.path"),
                WorkerMain.class.getName(),
                settings.executor()));
        return command;
    }
}
