package org.adapterbench.cli;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.adapterbench.api.RunFailure;
import org.adapterbench.api.record.Provenance;
import org.adapterbench.core.ClassPathJars;
import org.adapterbench.core.provenance.ProvenanceCollector;
import org.adapterbench.core.provenance.ShortCommand;

/** What {@code doctor} finds out about Java, processor, memory, GPU and TensorFlow. */
final class MachineChecks {

    private static final long ENOUGH_MEMORY = 3_500_000_000L;

    private static final String NOT_PORTABLE =
            "experiments run with numerics: fast here; compare with other machines' results by tolerance";

    private final Surroundings surroundings;

    MachineChecks(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.usable(
                "Java",
                System.getProperty("java.version") + ", " + System.getProperty("java.vendor") + ", "
                        + System.getProperty("java.home")));
        findings.add(Finding.usable(
                "system",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                        + System.getProperty("os.arch")));
        findings.add(processor());
        findings.add(threads());
        findings.add(memory());
        findings.add(gpu());
        ClassPathJars.damage().ifPresent(damage -> findings.add(Finding.missing("libraries", damage, "`make build`")));
        findings.addAll(tensorflow());
        return findings;
    }

    private Finding processor() {
        Provenance facts = new ProvenanceCollector(surroundings.environment()).collect(Instant.EPOCH, "not asked");
        String libc = facts.libc() == null ? "" : ", " + facts.libc();
        if (facts.processorFeatures().isEmpty()) {
            return Finding.note(
                    "processor", System.getProperty("os.arch") + "; vector extensions unknown" + libc, NOT_PORTABLE);
        }
        String detail = facts.processor() + " (" + facts.processorFeatures() + ")" + libc;
        return surroundings.portable()
                ? Finding.usable("processor", detail)
                : Finding.note("processor", detail + ": not x86-64 with AVX2 and FMA", NOT_PORTABLE);
    }

    private static Finding threads() {
        int processors = Runtime.getRuntime().availableProcessors();
        String detail = processors + " logical processors; a worker computes on 2";
        return processors >= 2
                ? Finding.usable("threads", detail + "; sensible: --workers up to " + processors / 2)
                : Finding.note("threads", detail, "give the machine or container a second processor");
    }

    private static Finding memory() {
        if (!(ManagementFactory.getOperatingSystemMXBean()
                instanceof com.sun.management.OperatingSystemMXBean machine)) {
            return Finding.note("memory", "unknown", null);
        }
        long total = machine.getTotalMemorySize();
        return total >= ENOUGH_MEMORY
                ? Finding.usable("memory", Text.bytes(total))
                : Finding.note("memory", Text.bytes(total), "4 GB are advisable");
    }

    private static Finding gpu() {
        Optional<String> device = nvidia();
        return device.isEmpty()
                ? Finding.usable("GPU", "none; runs compute on the CPU")
                : Finding.note("GPU", device.get() + ", not used: this build of TensorFlow computes on the CPU", null);
    }

    private static Optional<String> nvidia() {
        return ShortCommand.run(
                        Path.of("").toAbsolutePath(),
                        "nvidia-smi",
                        "--query-gpu=name,driver_version",
                        "--format=csv,noheader")
                .flatMap(answer -> answer.lines().findFirst());
    }

    private List<Finding> tensorflow() {
        try {
            Probe.Found found = new Probe(surroundings).run();
            return List.of(
                    Finding.usable(
                            "TensorFlow",
                            String.format(Locale.ROOT, "%s, loads in %.1f s", found.tensorflow(), found.loadSeconds())),
                    Finding.usable(
                            "speed",
                            String.format(
                                    Locale.ROOT,
                                    "%.0f GFLOP/s in fp32 matrix products on 2 threads",
                                    found.gigaflops())));
        } catch (RunFailure failure) {
            return List.of(
                    Finding.missing("TensorFlow", "does not load or compute: " + failure.getMessage(), Probe.REMEDY));
        }
    }
}
