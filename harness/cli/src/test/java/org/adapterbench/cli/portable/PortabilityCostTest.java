package org.adapterbench.cli.portable;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.adapterbench.core.run.NumericsCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * What {@code numerics: portable} costs in speed, rule by rule. A measurement and not a check: it runs with
 * {@code -Dcost=true} only. Every kind has a process of its own; steps are taken in turns, and each is divided by
 * portable's step of the same round, so that what else the machine does strikes all alike.
 */
@EnabledIfSystemProperty(named = "cost", matches = "true", disabledReason = "a measurement: -Dcost=true")
final class PortabilityCostTest {

    private static final int ROUNDS = Integer.getInteger("cost.rounds", 12);
    private static final int WARM_UP = 2;
    private static final String ENCODER = System.getProperty("cost.encoder", "bge-small");
    private static final String PORTABLE = "portable";

    private record Seconds(double wall, double processor) {}

    private record Worker(Process process, BufferedReader steps) {
        Seconds step() throws IOException {
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
            for (String line; (line = steps.readLine()) != null; ) {
                String[] parts = line.split(" ");
                if (parts[0].equals("step")) {
                    return new Seconds(Double.parseDouble(parts[1]), Double.parseDouble(parts[2]));
                }
            }
            throw new IOException("the worker is gone");
        }
    }

    @Test
    void printsTheStepsOfEachKindAgainstPortable() throws IOException {
        Map<String, Worker> workers = new LinkedHashMap<>();
        try {
            Map<String, String> portable = NumericsCheck.PORTABLE_ENVIRONMENT;
            workers.put(PORTABLE, start(portable, "PORTABLE"));
            workers.put("graph rewriting on", start(portable, "FAST"));
            workers.put("without the limit to AVX2", start(without(portable, "ONEDNN_MAX_CPU_ISA"), "PORTABLE"));
            Map<String, String> fast = without(portable, "ONEDNN_MAX_CPU_ISA");
            fast.put("TF_ENABLE_ONEDNN_OPTS", "1");
            workers.put("fast", start(fast, "FAST"));
            Map<String, List<Seconds>> taken = measure(workers);
            taken.forEach((kind, steps) -> print(kind, steps, taken.get(PORTABLE)));
            assertThat(taken.values()).allSatisfy(steps -> assertThat(steps).hasSize(ROUNDS));
        } finally {
            workers.values().forEach(worker -> worker.process().destroyForcibly());
        }
    }

    private static Map<String, List<Seconds>> measure(Map<String, Worker> workers) throws IOException {
        Map<String, List<Seconds>> taken = new LinkedHashMap<>();
        for (int round = 0; round < WARM_UP + ROUNDS; round++) {
            for (Map.Entry<String, Worker> worker : workers.entrySet()) {
                Seconds step = worker.getValue().step();
                if (round >= WARM_UP) {
                    taken.computeIfAbsent(worker.getKey(), kind -> new ArrayList<>()).add(step);
                }
            }
        }
        return taken;
    }

    private static void print(String kind, List<Seconds> steps, List<Seconds> portable) {
        List<Double> wall = new ArrayList<>();
        List<Double> processor = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            wall.add(steps.get(i).wall() / portable.get(i).wall());
            processor.add(steps.get(i).processor() / portable.get(i).processor());
        }
        System.out.println(String.format(
                Locale.ROOT,
                "%-26s %6.2f s a step, %6.2f s of processor; against portable %.2f (%.2f to %.2f), %.2f of processor",
                kind,
                quantile(steps.stream().map(Seconds::wall).toList(), 0.5),
                quantile(steps.stream().map(Seconds::processor).toList(), 0.5),
                quantile(wall, 0.5),
                quantile(wall, 0.25),
                quantile(wall, 0.75),
                quantile(processor, 0.5)));
    }

    private static double quantile(List<Double> values, double share) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get((int) (share * (sorted.size() - 1)));
    }

    private static Map<String, String> without(Map<String, String> environment, String name) {
        Map<String, String> rest = new LinkedHashMap<>(environment);
        rest.remove(name);
        return rest;
    }

    private static Worker start(Map<String, String> environment, String numerics) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-Dorg.bytedeco.javacpp.cachedir=" + System.getProperty("org.bytedeco.javacpp.cachedir"),
                        "-Dorg.bytedeco.javacpp.maxBytes=0",
                        "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StepWorker.class.getName(),
                        ENCODER,
                        numerics)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().removeAll(NumericsCheck.PORTABLE_ENVIRONMENT.keySet());
        builder.environment().keySet().removeAll(NumericsCheck.FORBIDDEN_ENVIRONMENT);
        builder.environment().putAll(environment);
        Process process = builder.start();
        return new Worker(
                process, new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)));
    }
}
