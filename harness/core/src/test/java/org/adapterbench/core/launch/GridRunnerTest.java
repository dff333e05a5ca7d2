package org.adapterbench.core.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.adapterbench.api.FailureKind;
import org.adapterbench.api.RunFailure;
import org.adapterbench.api.record.Outcome;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.api.record.RunRecord.Status;
import org.adapterbench.api.record.RunSpec;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.config.Save;
import org.adapterbench.core.grid.PlannedRun;
import org.adapterbench.core.json.RunIds;
import org.adapterbench.core.run.RunListener;
import org.adapterbench.core.run.RunRequest;
import org.adapterbench.core.store.Records;
import org.adapterbench.core.store.RunStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real child processes, in which {@link MisbehavingExecution} does what can go wrong. */
class GridRunnerTest {

    private static final Duration LONG = Duration.ofMinutes(2);

    private final List<String> events = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();
    private RunStore store;
    private LocalLauncher launcher;

    @TempDir
    Path folder;

    @BeforeEach
    void open() {
        store = RunStore.openForWriting(folder.resolve("out"), notices::add);
        launcher = launcher(LONG, Map.of());
    }

    @AfterEach
    void close() {
        launcher.close();
        store.close();
    }

    @Test
    void oneWorkerServesRunAfterRunAndEveryRunKeepsItsFilesAndItsLog() throws IOException {
        List<PlannedRun> runs = List.of(plan("good", 1), plan("good", 2), plan("noisy", 3));

        GridCounts counts = run(runs, 1);

        assertThat(counts).isEqualTo(new GridCounts(3, 0, 0, 0));
        assertThat(stages(runs)).extracting(stage -> stage.get("served")).containsExactly(1.0, 2.0, 3.0);
        assertThat(stages(runs))
                .allSatisfy(stages -> assertThat(stages.get("start-up")).isPositive());
        for (PlannedRun run : runs) {
            assertThat(store.folder(run.runId()).resolve("adapter.safetensors")).hasContent("weights");
            String log = Files.readString(store.folder(run.runId()).resolve("worker.log"));
            assertThat(log)
                    .contains("log of " + run.variant() + " " + run.spec().seed());
            assertThat(log.lines().filter(line -> line.startsWith("log of"))).hasSize(1);
        }
        assertThat(events)
                .startsWith(
                        "started good 1",
                        "stage train",
                        "step train 1/1 0.5",
                        "evaluated train 1",
                        "ended good 1 FINISHED",
                        "started good 2");
    }

    @Test
    void everyFailureIsRecordedWithItsKindAndTheGridGoesOn() throws IOException {
        Map<String, FailureKind> kinds = new TreeMap<>(Map.of(
                "diverge", FailureKind.DIVERGED,
                "bad-data", FailureKind.DATA,
                "defect", FailureKind.BUG,
                "not-a-number", FailureKind.BUG,
                "heap", FailureKind.OUT_OF_MEMORY,
                "native-heap", FailureKind.OUT_OF_MEMORY,
                "segfault", FailureKind.CRASHED,
                "kill", FailureKind.CRASHED,
                "exit", FailureKind.CRASHED));
        List<PlannedRun> runs = new ArrayList<>();
        kinds.keySet().forEach(method -> runs.add(plan(method, 1)));
        runs.add(plan("good", 1));

        GridCounts counts = run(runs, 1);

        assertThat(counts).isEqualTo(new GridCounts(1, 0, kinds.size(), 0));
        Map<String, FailureKind> recorded = new TreeMap<>();
        for (RunRecord record : store.records()) {
            if (record.failure() != null) {
                recorded.put(record.variant(), record.failure().kind());
                assertThat(record.failure().message()).doesNotContain("\n").isNotBlank();
                assertThat(record.failure().logTail()).contains("log of " + record.variant());
                assertThat(record.provenance().environment()).containsEntry("TF_ENABLE_ONEDNN_OPTS", "0");
            }
        }
        assertThat(recorded).isEqualTo(kinds);
        assertThat(record("segfault").failure().message()).contains("SIGSEGV");
        assertThat(record("kill").failure().message()).contains("SIGKILL");
        assertThat(record("exit").failure().message()).contains("exit code 7");
        assertThat(store.folder(record("segfault").runId()).resolve("hs_err.log"))
                .exists();
        assertThat(events).contains("step train 1/2 NaN");
        kinds.forEach((method, kind) -> assertThat(goesOn(method))
                .as("a state to go on from after %s", method)
                .isEqualTo(kind == FailureKind.CRASHED || kind == FailureKind.OUT_OF_MEMORY));
        assertThat(goesOn("good")).isFalse();
    }

    private boolean goesOn(String method) {
        return Files.exists(store.folder(record(method).runId()).resolve("checkpoint/state"));
    }

    @Test
    void whatAKilledProcessLeftOfAFinishedRunIsRemoved() throws IOException {
        List<PlannedRun> runs = List.of(plan("good", 1));
        run(runs, 1);
        Path state = store.folder(runs.get(0).runId()).resolve(RunStore.CHECKPOINT);
        Files.createDirectories(state);
        Files.writeString(state.resolve("state.json"), "{}");

        assertThat(run(runs, 1)).isEqualTo(new GridCounts(0, 1, 0, 0));
        assertThat(state).doesNotExist();
    }

    @Test
    void aRunWithoutProgressIsHungAndItsWorkerIsReplaced() {
        launcher.close();
        launcher = launcher(Duration.ofSeconds(10), Map.of());
        List<PlannedRun> runs = List.of(plan("hang", 1), plan("good", 1));

        GridCounts counts = run(runs, 1);

        assertThat(counts).isEqualTo(new GridCounts(1, 0, 1, 0));
        assertThat(record("hang").failure().kind()).isEqualTo(FailureKind.HUNG);
        assertThat(record("hang").failure().message()).isEqualTo("no progress for 10 s");
        assertThat(goesOn("hang")).isTrue();
        assertThat(stages(runs.subList(1, 2)).get(0)).containsEntry("served", 1.0);
    }

    @Test
    void finishedRunsAreSkippedFailedAndDamagedOnesAreDoneAgain() throws IOException {
        PlannedRun whole = plan("good", 1);
        PlannedRun torn = plan("good", 2);
        PlannedRun failed = plan("good", 3);
        store.write(Records.finished(whole.spec()));
        store.write(Records.finished(torn.spec()));
        store.write(Records.failed(failed.spec()));
        Path file = store.file(torn.runId());
        Files.writeString(file, Files.readString(file).replace("0.6931472", "0.6931471"));

        GridCounts counts = run(List.of(whole, torn, failed), 1);

        assertThat(counts).isEqualTo(new GridCounts(2, 1, 0, 0));
        assertThat(events).contains("skipped good 1", "ended good 2 FINISHED", "ended good 3 FINISHED");
        assertThat(notices).singleElement().asString().contains(torn.runId()).contains("damaged-1");
        assertThat(store.records()).hasSize(3).allMatch(record -> record.status() == Status.FINISHED);
    }

    @Test
    void twoWorkersRunAtTheSameTimeAndKeepAGroupTogether() {
        PlannedRun first = plan("good", 1);
        PlannedRun beside = plan("good", 2);
        PlannedRun sameGroup = plan("noisy", 1);
        PlannedRun another = plan("good", 3);
        CountDownLatch bothRun = new CountDownLatch(2);
        CountDownLatch between = new CountDownLatch(1);
        CountDownLatch anotherRuns = new CountDownLatch(1);
        GridListener listener = new Recording() {
            @Override
            public RunListener started(PlannedRun run) {
                if (run.equals(sameGroup)) {
                    // The first group's worker is idle, and the other group's run may look for one.
                    between.countDown();
                    meet(anotherRuns);
                }
                return new RunListener() {
                    @Override
                    public void stage(String name) {
                        if (!name.equals("train")) {
                            return;
                        }
                        if (run.equals(first) || run.equals(beside)) {
                            bothRun.countDown();
                            meet(bothRun);
                        }
                        if (run.equals(beside)) {
                            meet(between);
                        }
                        if (run.equals(another)) {
                            anotherRuns.countDown();
                        }
                    }
                };
            }
        };

        GridCounts counts = run(List.of(first, beside, sameGroup, another), 2, listener);

        assertThat(counts).isEqualTo(new GridCounts(4, 0, 0, 0));
        assertThat(process(sameGroup)).isEqualTo(process(first));
        assertThat(process(another)).isEqualTo(process(beside)).isNotEqualTo(process(first));
    }

    @Test
    void aRunThatKillsItsWorkerLeavesItsGroupAndTheOthersWithWorkers() {
        PlannedRun before = plan("good", 1);
        PlannedRun kills = plan("kill", 1);
        PlannedRun after = plan("noisy", 1);
        List<PlannedRun> runs = List.of(before, kills, after, plan("good", 2), plan("kill", 3), plan("good", 4));

        GridCounts counts = run(runs, 2);

        assertThat(counts).isEqualTo(new GridCounts(4, 0, 2, 0));
        assertThat(process(after)).isNotEqualTo(process(before));
        assertThat(store.record(kills.runId()).orElseThrow().status()).isEqualTo(Status.FAILED);
    }

    private static void meet(CountDownLatch latch) {
        try {
            assertThat(latch.await(LONG.toSeconds(), TimeUnit.SECONDS))
                    .as("the other worker's run")
                    .isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private double process(PlannedRun run) {
        return stages(List.of(run)).get(0).get("process");
    }

    @Test
    void aStopEndsTheRunBetweenTwoStepsAndLeavesNoRecord() {
        List<PlannedRun> runs = List.of(plan("good", 1), plan("train", 1), plan("good", 2));
        CountDownLatch training = new CountDownLatch(1);
        CompletableFuture<GridCounts> counts =
                CompletableFuture.supplyAsync(() -> run(runs, 1, onFirstTrainingStep("train", training)));
        await(training);

        launcher.stop();

        assertThat(counts.join()).isEqualTo(new GridCounts(1, 0, 0, 2));
        assertThat(store.records()).hasSize(1);
        assertThat(store.folder(runs.get(1).runId()).resolve("stopped-between-steps"))
                .exists();
        assertThat(store.folder(runs.get(2).runId())).doesNotExist();
        assertThat(events).endsWith("stopped good 2").doesNotContain("started good 2");
    }

    @Test
    void noWorkerStartsAfterAStop() {
        launcher.close();
        // No process can be started with such a variable.
        launcher = launcher(LONG, Map.of("A=B", "x"));
        PlannedRun run = plan("good", 1);
        launcher.stop();

        RunResult result = launcher.launch(
                new RunRequest(run.runId(), run.spec(), run.encoder(), null, folder, folder, Save.ADAPTER, 0),
                RunListener.silent());

        assertThat(result).isEqualTo(new RunResult.Stopped());
    }

    @Test
    void aRecordThatCannotBeWrittenStopsTheOtherWorkersAndWaitsForThem() {
        PlannedRun endless = plan("train", 1);
        PlannedRun unwritable = plan("good", 2);
        CountDownLatch training = new CountDownLatch(1);
        GridListener listener = new Recording() {
            @Override
            public RunListener started(PlannedRun run) {
                if (run.equals(unwritable)) {
                    await(training);
                    occupy(store.file(run.runId()));
                    return RunListener.silent();
                }
                return onFirstTrainingStep("train", training).started(run);
            }
        };

        assertThatThrownBy(() -> run(List.of(endless, unwritable), 2, listener))
                .isInstanceOf(RunFailure.class)
                .hasMessageContaining(unwritable.runId() + ".json: cannot be written");
        assertThat(events).endsWith("stopped train 1");
        assertThat(store.folder(endless.runId()).resolve("stopped-between-steps"))
                .exists();
    }

    private static void occupy(Path file) {
        try {
            Files.createDirectories(file.resolve("in the way"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aStopKillsARunThatDoesNotEndItsStep() {
        List<PlannedRun> runs = List.of(plan("hang", 1), plan("good", 1));
        CountDownLatch hanging = new CountDownLatch(1);
        CompletableFuture<GridCounts> counts = CompletableFuture.supplyAsync(() -> run(runs, 1, new Recording() {
            @Override
            public RunListener started(PlannedRun run) {
                return new RunListener() {
                    @Override
                    public void stage(String name) {
                        hanging.countDown();
                    }
                };
            }
        }));
        await(hanging);

        launcher.stop();

        assertThat(counts.join()).isEqualTo(new GridCounts(0, 0, 0, 2));
        assertThat(store.records()).isEmpty();
    }

    @Test
    void theSwitchesOfTheSpecReachTheWorkerWhateverTheShellSays() {
        launcher.close();
        launcher = launcher(LONG, Map.of("TF_ENABLE_ONEDNN_OPTS", "1", "TF_XLA_FLAGS", "x", "OMP_NUM_THREADS", "9"));

        run(List.of(plan("good", 1)), 1);

        assertThat(record("good").provenance().environment())
                .containsEntry("TF_ENABLE_ONEDNN_OPTS", "0")
                .containsEntry("ONEDNN_MAX_CPU_ISA", "AVX2")
                .containsEntry("TF_NUM_INTRAOP_THREADS", "2")
                .doesNotContainKeys("TF_XLA_FLAGS", "OMP_NUM_THREADS", "PATH");
        assertThat(record("good").provenance().tensorflow()).isEqualTo("none");
    }

    @Test
    void aWorkerThatCannotStartFailsTheRunAndSaysWhy() {
        launcher.close();
        launcher = new LocalLauncher(new LocalLauncherSettings(
                new CacheFolder(folder.resolve("cache")),
                environment(Map.of()),
                "999999g",
                LONG,
                LONG,
                LONG,
                MisbehavingExecution.class.getName()));

        GridCounts counts = run(List.of(plan("good", 1)), 1);

        assertThat(counts).isEqualTo(new GridCounts(0, 0, 1, 0));
        assertThat(record("good").failure().logTail()).isNotBlank();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private LocalLauncher launcher(Duration silence, Map<String, String> extra) {
        return new LocalLauncher(new LocalLauncherSettings(
                new CacheFolder(folder.resolve("cache")),
                environment(extra),
                "64m",
                LONG,
                silence,
                LONG,
                MisbehavingExecution.class.getName()));
    }

    private static Map<String, String> environment(Map<String, String> extra) {
        Map<String, String> environment = new TreeMap<>(System.getenv());
        environment.putAll(extra);
        return environment;
    }

    private GridCounts run(List<PlannedRun> runs, int workers) {
        return run(runs, workers, new Recording());
    }

    private GridCounts run(List<PlannedRun> runs, int workers, GridListener listener) {
        GridSettings settings =
                new GridSettings("tiny", null, new CacheFolder(folder.resolve("cache")), Save.ADAPTER, 0, workers);
        return new GridRunner(settings, store, launcher, listener).run(runs);
    }

    private static PlannedRun plan(String method, long seed) {
        RunSpec spec = Records.spec(method, seed);
        return new PlannedRun(RunIds.of(spec), spec, method, "minilm-l6");
    }

    private RunRecord record(String method) {
        return store.record(plan(method, 1).runId()).orElseThrow();
    }

    private List<Map<String, Double>> stages(List<PlannedRun> runs) {
        return runs.stream()
                .map(run -> store.record(run.runId()).orElseThrow().outcome())
                .map(outcome -> (Map<String, Double>) outcome.cost().stages())
                .toList();
    }

    private GridListener onFirstTrainingStep(String method, CountDownLatch latch) {
        return new Recording() {
            @Override
            public RunListener started(PlannedRun run) {
                RunListener recording = super.started(run);
                return !run.variant().equals(method)
                        ? recording
                        : new RunListener() {
                            @Override
                            public void step(String stage, int step, int steps, float loss) {
                                latch.countDown();
                            }
                        };
            }
        };
    }

    private class Recording implements GridListener {
        @Override
        public void skipped(PlannedRun run) {
            note("skipped", run, "");
        }

        @Override
        public RunListener started(PlannedRun run) {
            note("started", run, "");
            return new RunListener() {
                @Override
                public void stage(String name) {
                    add("stage " + name);
                }

                @Override
                public void step(String stage, int step, int steps, float loss) {
                    add("step " + stage + " " + step + "/" + steps + " " + loss);
                }

                @Override
                public void evaluated(String stage, Outcome.Epoch epoch) {
                    add("evaluated " + stage + " " + epoch.epoch());
                }
            };
        }

        @Override
        public void ended(PlannedRun run, RunRecord record) {
            note("ended", run, " " + record.status());
        }

        @Override
        public void stopped(PlannedRun run) {
            note("stopped", run, "");
        }

        private void note(String what, PlannedRun run, String more) {
            add(String.join(
                            " ",
                            Arrays.asList(
                                    what,
                                    run.variant(),
                                    Long.toString(run.spec().seed())))
                    + more);
        }

        private void add(String event) {
            synchronized (events) {
                events.add(event);
            }
        }
    }
}
